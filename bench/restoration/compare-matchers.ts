import type { Catalogue, CatalogueEntry } from '../../src/model/catalogue.ts'
import type { GlyphConfusion } from '../../src/model/glyph-confusion.ts'
import { createCatalogueMatcher } from '../../src/normalize/match/create-catalogue-matcher.ts'
import { createNameSearch } from '../../src/normalize/match/fuse-search.ts'
import type { DamagedCell } from './damage-cells.ts'
import { nearestByEdits } from './nearest-by-edits.ts'

/** What one way of matching makes of a cell: its best entry, and whether it takes that entry without asking. */
export interface Answer {
  readonly best: CatalogueEntry | null
  readonly isTaken: boolean
}

/** A way of finding the entry behind a damaged cell. */
export interface Contender {
  readonly name: string
  readonly answer: (text: string) => Answer
}

/** How one contender did on one set of cells. */
export interface ContenderFigures {
  readonly name: string
  readonly cells: number
  readonly bestRight: number
  readonly taken: number
  readonly takenWrong: number
  readonly cellsPerSecond: number
}

/** The matcher, fuse.js alone, and plain Levenshtein distance alone, over the same catalogue of "[code]name". */
export function createContenders(catalogue: Catalogue, confusions: readonly GlyphConfusion[]): readonly Contender[] {
  const { entries } = catalogue
  const matcher = createCatalogueMatcher([catalogue], confusions)
  const printed = ({ code, name }: CatalogueEntry) => `[${code}]${name}`
  const search = createNameSearch(entries, printed)
  const texts = entries.map(printed)
  return [
    {
      name: 'gongkai',
      answer: (text) => {
        const match = matcher.match(
          { combined: [{ reader: 'untrusted-text-layer', text }] },
          { fiscalYear: null, origin: 'ocr' },
        )
        const isTaken = match.kind === 'exact' || match.kind === 'restored'
        return { best: isTaken ? match.entry : (match.candidates[0]?.entry ?? null), isTaken }
      },
    },
    {
      name: 'fuse.js alone',
      answer: (text) => {
        const [first] = search(text, 1)
        const best = first === undefined ? null : (entries[first] ?? null)
        return { best, isTaken: best !== null }
      },
    },
    {
      name: 'Levenshtein alone',
      answer: (text) => {
        const [only, ...others] = nearestByEdits(text, texts)
        // It has one way to ask: two entries that are equally near.
        return { best: entries[only ?? -1] ?? null, isTaken: others.length === 0 }
      },
    },
  ]
}

/** Lets a contender answer all cells. */
export function measureContender({ name, answer }: Contender, cells: readonly DamagedCell[]): ContenderFigures {
  const answers = cells.map(({ text }) => answer(text))
  const isRight = ({ best }: Answer, index: number) => best === cells[index]?.truth
  const taken = answers.filter(({ isTaken }) => isTaken)
  const takenRight = answers.filter((each, index) => each.isTaken && isRight(each, index))
  return {
    name,
    cells: cells.length,
    bestRight: answers.filter(isRight).length,
    taken: taken.length,
    takenWrong: taken.length - takenRight.length,
    cellsPerSecond: cellsPerSecond(
      cells.map(({ text }) => text),
      answer,
    ),
  }
}

const MEASURED_MICROSECONDS = 2e6

/** Answers again and again for two seconds of processor time, warm: a busy machine tells nearly the same as a quiet one. */
export function cellsPerSecond<Cell>(cells: readonly Cell[], answer: (cell: Cell) => void): number {
  const started = process.cpuUsage()
  let answers = 0
  let spent = 0
  while (spent < MEASURED_MICROSECONDS && cells.length > 0) {
    for (const cell of cells) answer(cell)
    answers += cells.length
    const { user, system } = process.cpuUsage(started)
    spent = user + system
  }
  return spent === 0 ? 0 : (answers * 1e6) / spent
}
