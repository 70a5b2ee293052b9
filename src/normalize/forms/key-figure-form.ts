import { z } from 'zod'

/** What a figure counts: yuan, persons, square metres, vehicles, or pieces of anything. */
export const FigureKind = z.enum(['money', 'person', 'area', 'vehicle', 'item'])
export type FigureKind = z.infer<typeof FigureKind>

/**
 * What figures in prose are about, as data. `phrases` stand before the figure ("公用经费279.56万元"), without blanks and quotation
 * marks; a subject `within` another counts only where the paragraph speaks of that one. Words that stand `alone` in their clause say the
 * same, and so do words right behind the figure (`following`: 7个项目纳入绩效管理). In a list of the parts of the subject that `asPartOf` names,
 * the figure has the key beside it (本年收入 out of 财政拨款收入 is fiscal_income). `agreements` hold a subject against
 * the total line of a table (`table/side/field`), or of another that a sentence may mean as well (`or`), `sums` against its parts in the same sentence.
 */
export const KeyFigureForm = z
  .object({
    recordType: z.literal('key_figure'),
    title: z.string(),
    subjects: z
      .array(
        z
          .object({
            key: z.string(),
            kind: FigureKind,
            within: z.string().optional(),
            phrases: z.array(z.string()).min(1).readonly(),
            alone: z.array(z.string()).readonly().optional(),
            asPartOf: z.record(z.string(), z.string()).readonly().default({}),
            following: z.array(z.string()).readonly().optional(),
          })
          .readonly(),
      )
      .min(1)
      .readonly(),
    agreements: z
      .array(z.object({ key: z.string(), table: z.string(), or: z.array(z.string()).readonly().optional() }).readonly())
      .readonly()
      .default([]),
    sums: z
      .array(z.object({ whole: z.string(), parts: z.array(z.string()).readonly() }).readonly())
      .readonly()
      .default([]),
  })
  .readonly()
export type KeyFigureForm = z.infer<typeof KeyFigureForm>

/** Several files are one: a user's own phrases stand beside the given ones. */
export function mergeKeyFigureForms(forms: readonly KeyFigureForm[]): KeyFigureForm | null {
  const [first, ...others] = forms
  if (first === undefined) return null
  return {
    ...first,
    subjects: [...first.subjects, ...others.flatMap(({ subjects }) => subjects)],
    agreements: [...first.agreements, ...others.flatMap(({ agreements }) => agreements)],
    sums: [...first.sums, ...others.flatMap(({ sums }) => sums)],
  }
}
