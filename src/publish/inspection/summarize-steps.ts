import { centreIsInside } from '../../model/bounding-box.ts'
import type { InspectedLine, InspectedScan } from '../../model/inspection.ts'
import { printableText } from '../printable-text.ts'
import type { Inspection } from './inspection.ts'
import { mapBox, type PlacedItem, placeItems } from './place-items.ts'
import { listsOf } from './tell-items.ts'

export const STEP_NAMES = ['Triage', 'Pixels', 'Rulings', 'Grid', 'Lines', 'Readings', 'Values'] as const
export type StepName = (typeof STEP_NAMES)[number]

/** One step of reading a page and what came of it, in words; the step did not happen where `text` is ''. */
export interface StepSummary {
  readonly name: StepName
  readonly text: string
}

/** What each step of reading the page came to. */
export function summarizeSteps(
  inspection: Inspection,
  items: readonly PlacedItem[] = placeItems(inspection),
): StepSummary[] {
  const { page } = inspection
  const texts: Record<StepName, string> = {
    Triage: `${page.extract.kind}: ${page.extract.reason}`,
    Pixels: page.scans.map(describePixels).join('; '),
    Rulings: page.scans.length > 0 ? page.scans.map(describeRulings).join('; ') : describeVectors(inspection),
    Grid: describeGrids(inspection),
    Lines: describeLines(inspection),
    Readings: describeReadings(inspection, items),
    Values: describeValues(inspection, items),
  }
  return STEP_NAMES.map((name) => ({ name, text: texts[name] }))
}

/** The steps as lines for a terminal. */
export function formatSteps(inspection: Inspection): string {
  const width = Math.max(...STEP_NAMES.map((name) => name.length))
  const steps = summarizeSteps(inspection).filter(({ text }) => text !== '')
  const warnings = inspection.page.extract.warnings.map((warning) => ({ name: 'Warning', text: warning }))
  const lines = [...steps, ...warnings].map(({ name, text }) => `  ${name.toLowerCase().padEnd(width)}  ${text}`)
  return `${printableText(lines.join('\n'))}\n`
}

function describePixels({
  source,
  quarterTurns,
  skewDegrees,
  sealShare,
  glyphHeightPx,
  sizeFactor,
  isSmoothed,
}: InspectedScan): string {
  const size = `${source.widthPx} × ${source.heightPx} px`
  return [
    source.isPainted ? `the page painted, ${size}` : `the picture's own ${size}`,
    ...(quarterTurns > 0 ? [`turned by ${quarterTurns * 90}°`] : []),
    `${skewDegrees.toFixed(2)}° of skew taken out`,
    ...(sealShare > 0 ? [`a seal lifted from ${(100 * sealShare).toFixed(1)} %`] : []),
    `glyphs ${Math.round(glyphHeightPx)} px high`,
    ...(sizeFactor !== 1 ? [`read as if ${sizeFactor} times that`] : []),
    ...(isSmoothed ? ['smoothed'] : []),
  ].join(', ')
}

function describeRulings({ rulings }: InspectedScan): string {
  const drawn = rulings.filter(({ kind }) => kind !== 'open')
  const count = (kind: string): number => rulings.filter((ruling) => ruling.kind === kind).length
  const kinds = (['solid', 'bridged', 'faint'] as const).filter((kind) => count(kind) > 0)
  const told = kinds.map((kind) => `${count(kind)} ${kind}`).join(', ')
  const open = count('open') > 0 ? `, ${count('open')} open sides` : ''
  const used = drawn.filter(({ isInGrid }) => isInGrid).length
  return drawn.length === 0 ? 'none' : `${drawn.length} followed (${told}), ${used} of them lines of a table${open}`
}

function describeVectors({ page: { rulings, whiteAreas, extract } }: Inspection): string {
  if (extract.kind === 'blank') return ''
  const edges = rulings.filter(({ thickness }) => thickness === 0).length
  const areas = whiteAreas.length > 0 ? `, ${whiteAreas.length} white areas` : ''
  return `${rulings.length - edges} lines, ${edges} edges of shaded areas${areas}`
}

function describeGrids({ page: { extract, scans } }: Inspection): string {
  if (extract.tables.length === 0) return 'no table'
  const grids = scans.flatMap(({ toPage, grids }) => {
    return grids.map((grid) => ({ agreement: grid.agreement, bbox: mapBox(toPage, grid.bboxPx) }))
  })
  return extract.tables
    .map(({ tableIndex, rowCount, columnCount, cells, structure, bbox }) => {
      const grid = grids.find((each) => centreIsInside(each.bbox, bbox))
      const agreement = grid?.agreement ?? null
      const witnesses =
        agreement === null ? structure : `${structure}, both ways agree on ${(100 * agreement).toFixed(1)} %`
      return `table ${tableIndex}: ${rowCount} × ${columnCount}, ${cells.length} cells (${witnesses})`
    })
    .join('; ')
}

function describeLines({ page: { scans, words } }: Inspection): string {
  if (scans.length === 0) return words.length === 0 ? '' : `${words.length} words of the text layer`
  const inside = scans.flatMap((scan) => scan.grids.flatMap((grid) => grid.cells.flatMap((cell) => cell.lines)))
  const outside = scans.flatMap((scan) => scan.looseLines)
  const dirt = [...inside, ...outside].filter(({ isDirt }) => isDirt).length
  return `${inside.length} in cells, ${outside.length} outside${dirt > 0 ? `, ${dirt} of them dirt` : ''}`
}

function describeReadings({ page: { scans }, isRead }: Inspection, items: readonly PlacedItem[]): string {
  if (scans.length === 0) return ''
  if (!isRead) return 'nobody was asked to read'
  const lines = items.flatMap((item) => item.lines)
  const readers = [...new Set(lines.flatMap((line) => line.answers.map(({ reader }) => reader)))]
  const counts = readers.map((reader) => `${reader} ${lines.filter((line) => wasReadBy(line, reader)).length} lines`)
  const differing = items.filter((item) => listsOf(item).includes('differ')).length
  return `${counts.join(', ')}; readers differ in ${differing} places`
}

function wasReadBy(line: InspectedLine, reader: string): boolean {
  return line.answers.some((answer) => answer.reader === reader)
}

function describeValues({ records, checks, isAlone }: Inspection, items: readonly PlacedItem[]): string {
  const accepted = records.filter(({ status }) => status !== 'review').length
  const flagged = items.filter((item) => listsOf(item).includes('flagged')).length
  const holding = checks.filter(({ outcome }) => outcome === 'holds' || outcome === 'repaired').length
  const scope = isAlone && records.length > 0 ? ' (the page by itself)' : ''
  return `${records.length} records, ${accepted} accepted${scope}; ${flagged} places flagged; ${holding} of ${checks.length} checks hold`
}
