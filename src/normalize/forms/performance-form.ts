import { z } from 'zod'

const Headings = z.record(z.string(), z.array(z.string()).readonly())

/**
 * The sheets on which a project (or a whole department) declares its goals, as data. `labels` name single values, which
 * stand beside or below them; `indicator`, `cost` and `list` are the columns of the tables inside a sheet, by field.
 * `sections` end whatever stands above. Headings of `closing` begin a table
 * that gives no record (what is to be bought). `longTerm` and `annual` tell of what term a goal is.
 */
export const PerformanceForm = z
  .object({
    recordType: z.literal('performance_project'),
    title: z.string(),
    titles: z.array(z.string()).readonly().default([]),
    departmentTitles: z.array(z.string()).readonly().default([]),
    labels: z
      .array(
        z
          .object({
            field: z.string(),
            kind: z.enum(['text', 'choice', 'money']),
            headers: z.array(z.string()).min(1).readonly(),
          })
          .readonly(),
      )
      .readonly()
      .default([]),
    indicator: Headings.default({}),
    cost: Headings.default({}),
    list: Headings.default({}),
    longTerm: z.array(z.string()).readonly().default([]),
    annual: z.array(z.string()).readonly().default([]),
    sections: z.array(z.string()).readonly().default([]),
    closing: z.array(z.string()).readonly().default([]),
  })
  .readonly()
export type PerformanceForm = z.infer<typeof PerformanceForm>

/** Several files are one: a user's own labels and headings stand beside the given ones. */
export function mergePerformanceForms(forms: readonly PerformanceForm[]): PerformanceForm | null {
  const [first, ...others] = forms
  if (first === undefined) return null
  const all = (pick: (form: PerformanceForm) => readonly string[]) => forms.flatMap(pick)
  const merged = (pick: (form: PerformanceForm) => Readonly<Record<string, readonly string[]>>) => {
    const fields = [...new Set(forms.flatMap((form) => Object.keys(pick(form))))]
    return Object.fromEntries(fields.map((field) => [field, forms.flatMap((form) => pick(form)[field] ?? [])]))
  }
  return {
    ...first,
    titles: all(({ titles }) => titles),
    departmentTitles: all(({ departmentTitles }) => departmentTitles),
    labels: [...first.labels, ...others.flatMap(({ labels }) => labels)],
    indicator: merged(({ indicator }) => indicator),
    cost: merged(({ cost }) => cost),
    list: merged(({ list }) => list),
    longTerm: all(({ longTerm }) => longTerm),
    annual: all(({ annual }) => annual),
    sections: all(({ sections }) => sections),
    closing: all(({ closing }) => closing),
  }
}
