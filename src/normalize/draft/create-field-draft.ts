import type { Flag } from '../../model/flag.ts'
import type { Candidate, FieldDraft, Support } from '../../model/record.ts'
import type { Cell } from '../../model/table.ts'
import type { CellUse } from '../forms/classify-rows.ts'
import { isReader } from './text-of-cell.ts'

const CLEAR_HEADING = 0.8

/** What a column's reader found for one field; the cell gives the rest. */
export interface FieldFinding {
  readonly value: string | null
  readonly flags: readonly Flag[]
  readonly evidence: readonly string[]
  readonly candidates: readonly Candidate[]
  readonly support: Support
  readonly raw?: string
}

/** Support of a value that nothing but its own cell speaks for. `normalize` brings a reading to the value's form. */
export function supportOf(cell: Cell, value: string | null, normalize: (text: string) => string | null): Support {
  const readers = cell.readings.filter(isReader)
  const agreeing = value === null ? [] : readers.filter((reading) => normalize(reading.lines.join('')) === value)
  const confidences = agreeing.flatMap(({ confidence }) => (confidence === null ? [] : [confidence]))
  return {
    origin: cell.origin,
    readersAgreeing: cell.origin === 'text' ? 0 : agreeing.length,
    readersDisagreeing: cell.origin === 'text' ? 0 : readers.length - agreeing.length,
    engineConfidence: confidences.length === 0 ? null : Math.max(...confidences),
    form: 'free',
    catalogue: 'none',
    catalogueMargin: null,
    equationsHolding: 0,
    equationsContradicted: 0,
    pinned: false,
    repeats: 0,
  }
}

/** A field from what was found in its cell, with the doubts that the cell and its column bring along. */
export function createFieldDraft(name: string, use: CellUse, pageNumber: number, found: FieldFinding): FieldDraft {
  const { cell, assignment } = use
  return {
    name,
    value: found.value,
    raw: found.raw ?? cell.text,
    pageNumber,
    bbox: cell.bbox,
    flags: [...found.flags, ...cellFlags(use, found)],
    evidence: [`column "${assignment.headerText}"`, ...found.evidence],
    candidates: found.candidates,
    readings: cell.readings,
    support: found.support,
  }
}

function cellFlags({ cell, assignment, isInherited }: CellUse, { value, support }: FieldFinding): readonly Flag[] {
  const flags: Flag[] = []
  if (isInherited) flags.push({ code: 'value-inherited', detail: 'the cell begins in an earlier row' })
  if (!assignment.isExact && assignment.similarity < CLEAR_HEADING) {
    flags.push({ code: 'header-uncertain', detail: `the heading reads "${assignment.headerText}"` })
  }
  if (cell.flags.includes('line-too-small')) flags.push({ code: 'line-too-small', detail: 'small print' })
  if (cell.flags.includes('structure-uncertain')) flags.push({ code: 'structure-uncertain', detail: 'uncertain grid' })
  if (cell.origin === 'text' || value === null) return flags
  if (support.readersAgreeing === 1 && support.readersDisagreeing === 0) {
    flags.push({ code: 'reading-unconfirmed', detail: 'one reader alone' })
  }
  if (support.readersDisagreeing > 0) {
    const seen = cell.readings.filter(isReader).map(({ reader, lines }) => `${reader}: ${lines.join('')}`)
    flags.push({ code: 'readers-disagree', detail: seen.join('; ') })
  }
  return flags
}
