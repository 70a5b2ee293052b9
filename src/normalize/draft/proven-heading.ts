import type { CellUse } from '../forms/classify-rows.ts'
import type { CodeMatch } from '../match/code-match.ts'
import type { CodedCells } from './draft-coded-fields.ts'

/** So many rows, and this share of all that are filled, have a code and a name that one entry of the catalogue has. */
const FEWEST_PAIRS = 3
const NEARLY_ALL = 0.8

/**
 * The cells of a coded column without doubt about its heading, where codes and names stand that belong together in the catalogue of the
 * scheme: no other column of the form can hold them, however damaged the heading is. `matches` goes row by row with `rows`.
 */
export function withProvenHeading(
  rows: readonly CodedCells[],
  matches: readonly (CodeMatch | null)[],
): readonly CodedCells[] {
  const filled = matches.filter((match) => match !== null)
  const pairs = filled.filter(({ kind, printed }) => {
    return (kind === 'exact' || kind === 'restored') && printed.code !== null && printed.name !== null
  })
  if (pairs.length < FEWEST_PAIRS || pairs.length < NEARLY_ALL * filled.length) return rows
  const sure = (use: CellUse | null): CellUse | null => {
    return use === null ? null : { ...use, assignment: { ...use.assignment, isExact: true } }
  }
  return rows.map((each) => ({
    ...each,
    whole: sure(each.whole),
    code: sure(each.code),
    name: sure(each.name),
    digits: each.digits.map((use) => sure(use) ?? use),
  }))
}
