import { z } from 'zod'

/**
 * What a column of a form holds. coded: a code, a name, or both in one cell; name: free text that recurs in the
 * document; vocabulary: one of few words; the rest speak for themselves.
 */
export const ColumnKind = z.enum(['coded', 'name', 'vocabulary', 'money', 'quantity', 'boolean'])
export type ColumnKind = z.infer<typeof ColumnKind>

/**
 * One column of a form as data. `headers` name it for sure, `weakHeaders` only when nothing better is there;
 * `codeHeaders` and `nameHeaders` are for a coded column that a page prints as two. `fields` are the record fields it
 * fills: [code, name] for a coded column, one otherwise.
 */
export const FormColumn = z
  .object({
    column: z.string(),
    kind: ColumnKind,
    fields: z.array(z.string()).min(1).max(2).readonly(),
    scheme: z.string().optional(),
    isRequired: z.boolean(),
    headers: z.array(z.string()).min(1).readonly(),
    weakHeaders: z.array(z.string()).readonly().optional(),
    codeHeaders: z.array(z.string()).readonly().optional(),
    nameHeaders: z.array(z.string()).readonly().optional(),
  })
  .readonly()
export type FormColumn = z.infer<typeof FormColumn>

/**
 * A form that districts publish. A table is this form when, for every group of `defining`, one of its columns is
 * there, and its title or a header holds one of `markers`. `fundColumns` are headers of money columns that each stand
 * for one source of funds; `ignored` are headers of columns that give no field.
 */
export const Form = z
  .object({
    recordType: z.enum(['procurement_line', 'service_purchase_line']),
    title: z.string(),
    titles: z.array(z.string()).min(1).readonly(),
    markers: z.array(z.string()).min(1).readonly(),
    defining: z.array(z.array(z.string()).readonly()).min(1).readonly(),
    columns: z.array(FormColumn).min(1).readonly(),
    fundColumns: z.array(z.string()).readonly(),
    ignored: z.array(z.string()).readonly(),
  })
  .readonly()
export type Form = z.infer<typeof Form>
