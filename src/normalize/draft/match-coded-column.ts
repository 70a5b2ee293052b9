import type { FormColumn } from '../forms/form.ts'
import type { CodeMatch, MatchQuery } from '../match/code-match.ts'
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
  readonly editions: ReadonlyMap<string, string>
}

/** What the scheme's catalogue makes of each row, in the order of the questions. */
export function matchCodedColumn(
  column: FormColumn,
  questions: readonly CodedQuestion[],
  { matchers, fiscalYear, editions }: CodedContext,
): readonly (CodeMatch | null)[] {
  const scheme = column.scheme ?? ''
  const matcher = matchers.of(scheme)
  if (matcher === null) throw new RangeError(`no catalogue for the scheme ${scheme}`)
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
