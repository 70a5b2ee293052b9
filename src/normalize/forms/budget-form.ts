import { z } from 'zod'

/** Headings of one kind of words column: whole, or code and name in columns of their own. */
const LineHeadings = z
  .object({
    headers: z.array(z.string()).readonly().default([]),
    codeHeaders: z.array(z.string()).readonly().default([]),
    nameHeaders: z.array(z.string()).readonly().default([]),
  })
  .readonly()
const NO_HEADINGS = { headers: [], codeHeaders: [], nameHeaders: [] }

/**
 * One of the standard tables. Its title holds a word of every group of `has` and none of `lacks`. `isTwoSided`: income
 * beside expenditure; `isWide`: it may have no column of lines at all, its headings are the lines; `isByProject`: its
 * lines are projects.
 */
export const BudgetTableKind = z
  .object({
    table: z.string(),
    title: z.string(),
    has: z.array(z.array(z.string()).min(1).readonly()).min(1).readonly(),
    lacks: z.array(z.string()).readonly().default([]),
    isTwoSided: z.boolean().optional(),
    isWide: z.boolean().optional(),
    isByProject: z.boolean().optional(),
  })
  .readonly()
export type BudgetTableKind = z.infer<typeof BudgetTableKind>

/**
 * The standard tables of a budget or of final accounts as data. Column headings name a measure, a period, or just a sum; `fillers` are
 * words that change nothing of what a heading names (上年结转安排 is 上年结转);
 * a line without a number that is called like a measure has its `parts`, where they follow, below it, and its `repeatedParts` where the list has had them before;
 * the field of a money column is put together of them (上年预算数 over 公务接待费 is prior_year_reception). `columnSums`
 * and `agreements` (`table/side/field` of the total lines) are what such tables usually satisfy; each is checked only
 * where the document has both sides of it; one is not asked of a table with a column of `unless`; an `isStrict` one is by definition, and named even where it fails on the only line. An agreement that `isUsual` is
 * told where it holds, and is no error where it does not; `usualIfTitled` makes it one for tables with such a word in their title.
 */
export const BudgetForm = z
  .object({
    recordType: z.literal('budget_line'),
    title: z.string(),
    excluded: z.array(z.string()).readonly().default([]),
    tables: z.array(BudgetTableKind).readonly().default([]),
    sides: z
      .object({
        income: z.array(z.string()).readonly().default([]),
        expenditure: z.array(z.string()).readonly().default([]),
      })
      .readonly()
      .default({ income: [], expenditure: [] }),
    lines: z
      .object({
        subject: LineHeadings.default(NO_HEADINGS),
        unit: LineHeadings.default(NO_HEADINGS),
        project: LineHeadings.default(NO_HEADINGS),
        category: LineHeadings.default(NO_HEADINGS),
      })
      .readonly()
      .default({ subject: NO_HEADINGS, unit: NO_HEADINGS, project: NO_HEADINGS, category: NO_HEADINGS }),
    ignored: z.array(z.string()).readonly().default([]),
    sums: z.array(z.string()).readonly().default([]),
    fillers: z.array(z.string()).readonly().default([]),
    measures: z
      .array(
        z
          .object({
            field: z.string(),
            headers: z.array(z.string()).readonly(),
            parts: z.array(z.string()).readonly().optional(),
            repeatedParts: z.array(z.string()).readonly().optional(),
          })
          .readonly(),
      )
      .readonly()
      .default([]),
    periods: z
      .array(z.object({ period: z.string(), headers: z.array(z.string()).readonly() }).readonly())
      .readonly()
      .default([]),
    columnSums: z
      .array(
        z
          .object({
            whole: z.string(),
            parts: z.array(z.string()).readonly(),
            isStrict: z.boolean().optional(),
            unless: z.array(z.string()).readonly().optional(),
          })
          .readonly(),
      )
      .readonly()
      .default([]),
    agreements: z
      .array(
        z
          .object({
            left: z.string(),
            right: z.string(),
            isUsual: z.boolean().optional(),
            usualIfTitled: z.array(z.string()).readonly().optional(),
          })
          .readonly(),
      )
      .readonly()
      .default([]),
  })
  .readonly()
export type BudgetForm = z.infer<typeof BudgetForm>

/** Several files of budget forms are one: a user adds tables and headings of a province in a file of its own, which holds just what is new. */
export function mergeBudgetForms(forms: readonly BudgetForm[]): BudgetForm | null {
  // The one that knows most comes first, whatever the files are called; what others add goes before it.
  const [first, ...others] = forms.toSorted((a, b) => b.tables.length - a.tables.length)
  if (first === undefined) return null
  return others.reduce<BudgetForm>(
    (all, form) => ({
      recordType: all.recordType,
      title: all.title,
      excluded: [...all.excluded, ...form.excluded],
      tables: [...form.tables, ...all.tables],
      sides: {
        income: [...all.sides.income, ...form.sides.income],
        expenditure: [...all.sides.expenditure, ...form.sides.expenditure],
      },
      lines: {
        subject: mergeHeadings(all.lines.subject, form.lines.subject),
        unit: mergeHeadings(all.lines.unit, form.lines.unit),
        project: mergeHeadings(all.lines.project, form.lines.project),
        category: mergeHeadings(all.lines.category, form.lines.category),
      },
      ignored: [...all.ignored, ...form.ignored],
      sums: [...all.sums, ...form.sums],
      fillers: [...all.fillers, ...form.fillers],
      measures: [...all.measures, ...form.measures],
      periods: [...all.periods, ...form.periods],
      columnSums: [...all.columnSums, ...form.columnSums],
      agreements: [...all.agreements, ...form.agreements],
    }),
    first,
  )
}

type Headings = z.infer<typeof LineHeadings>

function mergeHeadings(a: Headings, b: Headings): Headings {
  return {
    headers: [...a.headers, ...b.headers],
    codeHeaders: [...a.codeHeaders, ...b.codeHeaders],
    nameHeaders: [...a.nameHeaders, ...b.nameHeaders],
  }
}
