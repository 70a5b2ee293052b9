import type { CatalogueEntry } from '../../model/catalogue.ts'
import type { FormColumn } from '../forms/form.ts'
import type { CodeMatch, MatchQuery } from '../match/code-match.ts'
import { splitCodeAndName } from '../match/split-code-and-name.ts'
import type { CodedCells } from './draft-coded-fields.ts'
import type { Matchers } from './matchers.ts'

/** A row's cells of a coded column with the question to the catalogue; null where the cells are empty. */
export interface CodedQuestion {
  readonly cells: CodedCells
  readonly query: MatchQuery | null
}

interface CodedContext {
  readonly matchers: Matchers
  readonly fiscalYear: number | null
  readonly publisher: string | null
  readonly editions: ReadonlyMap<string, string>
}

/** What the catalogue, or for units the document's own repeated pairs, make of each row. In the order of the questions. */
export function matchCodedColumn(
  column: FormColumn,
  questions: readonly CodedQuestion[],
  { matchers, fiscalYear, publisher, editions }: CodedContext,
): readonly (CodeMatch | null)[] {
  const scheme = column.scheme ?? ''
  const matcher = matchers.of(scheme) ?? matchers.ofVocabulary(repeatedPairs(questions, publisher), null)
  const edition = editions.get(scheme)
  const results = new Map<CodedQuestion, CodeMatch>()
  for (const origin of ['text', 'ocr'] as const) {
    const asked = questions.filter(({ cells, query }) => query !== null && originOf(cells) === origin)
    const queries = asked.flatMap(({ query }) => query ?? [])
    const matches = matcher.matchColumn(queries, { fiscalYear, origin, ...(edition === undefined ? {} : { edition }) })
    for (const [index, question] of asked.entries()) {
      const match = matches[index]
      if (match !== undefined) results.set(question, match)
    }
  }
  return questions.map((question) => results.get(question) ?? null)
}

function originOf({ whole, code, name, digits }: CodedCells): 'text' | 'ocr' {
  const cells = [whole, code, name, ...digits].flatMap((use) => (use === null ? [] : [use.cell]))
  return cells.some(({ origin }) => origin === 'ocr') ? 'ocr' : 'text'
}

/** Pairs of code and name that the readers of this column agree on or repeat, as a catalogue of its own. */
function repeatedPairs(questions: readonly CodedQuestion[], publisher: string | null): readonly CatalogueEntry[] {
  const names = new Map<string, Map<string, number>>()
  for (const { query } of questions) {
    if (query === null) continue
    for (const { code, name } of pairsOf(query)) {
      if (!/^\d{2,12}$/.test(code) || name === '') continue
      const counts = names.get(code) ?? new Map<string, number>()
      counts.set(name, (counts.get(name) ?? 0) + 1)
      names.set(code, counts)
    }
  }
  const entries: CatalogueEntry[] = []
  for (const [code, counts] of names) {
    const total = [...counts.values()].reduce((sum, count) => sum + count, 0)
    const [best] = [...counts].toSorted(
      (a, b) => b[1] - a[1] || (publisher !== null && a[0].startsWith(publisher) ? -1 : 1),
    )
    if (best !== undefined && total >= 2)
      entries.push({ code, name: best[0], parent: '', level: 1, attested: 'disclosed' })
  }
  return entries
}

function pairsOf(query: MatchQuery): readonly { code: string; name: string }[] {
  const combined = (query.combined ?? []).map(({ text }) => splitCodeAndName(text)[0] ?? { code: '', name: text })
  const names = query.name ?? []
  const apart = (query.code ?? []).map(({ reader, text }) => ({
    code: text,
    name: names.find((each) => each.reader === reader)?.text ?? names[0]?.text ?? '',
  }))
  return [...combined, ...apart]
}
