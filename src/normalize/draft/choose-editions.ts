import type { BodyRow } from '../forms/classify-rows.ts'
import type { Form } from '../forms/form.ts'
import { chooseEdition } from '../match/choose-edition.ts'
import { splitCodeAndName } from '../match/split-code-and-name.ts'
import { type CodedCells, codedColumn, toQuery } from './draft-coded-fields.ts'
import type { Matchers } from './matchers.ts'

/** The edition of each catalogue that the document follows: its year's, unless its own pairs clearly say another. */
export function chooseEditions(
  rows: readonly { readonly form: Form; readonly row: BodyRow }[],
  matchers: Matchers,
  fiscalYear: number | null,
): ReadonlyMap<string, string> {
  const pairs = new Map<string, { code: string; name: string }[]>()
  const data = rows.filter(({ row }) => row.kind === 'data')
  for (const form of new Set(data.map((each) => each.form))) {
    const own = data.filter((each) => each.form === form).map(({ row }) => row)
    for (const { cells, scheme } of codedParts(form, own)) {
      const query = toQuery(cells)
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

/** The cells of all columns of a form that follow a catalogue. */
function codedParts(form: Form, rows: readonly BodyRow[]): { readonly cells: CodedCells; readonly scheme: string }[] {
  return form.columns.flatMap(({ column, kind, scheme }) =>
    kind !== 'coded' || scheme === undefined ? [] : codedColumn(rows, column).map((cells) => ({ cells, scheme })),
  )
}
