import type { BodyRow } from '../forms/classify-rows.ts'
import type { Form } from '../forms/form.ts'
import { chooseEdition } from '../match/choose-edition.ts'
import { splitCodeAndName } from '../match/split-code-and-name.ts'
import { codedCells, toQuery } from './draft-coded-fields.ts'
import type { Matchers } from './matchers.ts'

/** The edition of each catalogue that the document follows: its year's, unless its own pairs clearly say another. */
export function chooseEditions(
  rows: readonly { readonly form: Form; readonly row: BodyRow }[],
  matchers: Matchers,
  fiscalYear: number | null,
): ReadonlyMap<string, string> {
  const pairs = new Map<string, { code: string; name: string }[]>()
  for (const { form, row } of rows) {
    if (row.kind !== 'data') continue
    for (const { column, kind, scheme } of form.columns) {
      if (kind !== 'coded' || scheme === undefined) continue
      const query = toQuery(codedCells(row, column))
      const split = query?.combined?.[0] === undefined ? undefined : splitCodeAndName(query.combined[0].text)[0]
      const pair = split ?? { code: query?.code?.[0]?.text ?? '', name: query?.name?.[0]?.text ?? '' }
      const list = pairs.get(scheme) ?? []
      list.push({ code: pair.code, name: pair.name })
      pairs.set(scheme, list)
    }
  }
  const editions = new Map<string, string>()
  for (const [scheme, listed] of pairs) {
    const catalogues = matchers.catalogues(scheme)
    if (catalogues.length > 0) editions.set(scheme, chooseEdition(listed, catalogues, fiscalYear).catalogue.edition)
  }
  return editions
}
