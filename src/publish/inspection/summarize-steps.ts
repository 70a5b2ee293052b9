import { displayWidth, padDisplay } from '../../language/display-width.ts'
import type { Voice } from '../../language/voice.ts'
import { centreIsInside } from '../../model/bounding-box.ts'
import type { InspectedLine, InspectedScan } from '../../model/inspection.ts'
import type { Table } from '../../model/table.ts'
import { findingIn } from '../findings.ts'
import { printableText } from '../printable-text.ts'
import type { Inspection } from './inspection.ts'
import { mapBox, type PlacedItem, placeItems } from './place-items.ts'
import { listsOf } from './tell-items.ts'

export const STEP_NAMES = ['Triage', 'Pixels', 'Rulings', 'Grid', 'Lines', 'Readings', 'Values'] as const
export type StepName = (typeof STEP_NAMES)[number]

/** What joins parts of a sentence, and sentences. */
interface Marks {
  readonly comma: string
  readonly semicolon: string
}

/** One step of reading a page and what came of it, in words; the step did not happen where `text` is ''. */
export interface StepSummary {
  readonly name: StepName
  readonly title: string
  readonly text: string
}

/** What a step is called; written out, so that each is found to have its Chinese. */
function titlesIn({ say }: Voice): Readonly<Record<StepName, string>> {
  return {
    Triage: say('Triage'),
    Pixels: say('Pixels'),
    Rulings: say('Rulings'),
    Grid: say('Grid'),
    Lines: say('Lines'),
    Readings: say('Readings'),
    Values: say('Values'),
  }
}

function marksIn({ language }: Voice): Marks {
  return language === 'zh' ? { comma: '，', semicolon: '；' } : { comma: ', ', semicolon: '; ' }
}

/** What each step of reading the page came to. */
export function summarizeSteps(
  inspection: Inspection,
  voice: Voice,
  items: readonly PlacedItem[] = placeItems(inspection),
): StepSummary[] {
  const { page } = inspection
  const { semicolon } = marksIn(voice)
  const { kind, reason } = page.extract
  const texts: Record<StepName, string> = {
    Triage: voice.say('{kind}: {reason}', { kind: sayKind(kind, voice), reason: findingIn(voice.language, reason) }),
    Pixels: page.scans.map((scan) => describePixels(scan, voice)).join(semicolon),
    Rulings:
      page.scans.length > 0
        ? page.scans.map((scan) => describeRulings(scan, voice)).join(semicolon)
        : describeVectors(inspection, voice),
    Grid: describeGrids(inspection, voice),
    Lines: describeLines(inspection, voice),
    Readings: describeReadings(inspection, items, voice),
    Values: describeValues(inspection, items, voice),
  }
  const titles = titlesIn(voice)
  return STEP_NAMES.map((name) => ({ name, title: titles[name], text: texts[name] }))
}

function sayKind(kind: Inspection['page']['extract']['kind'], { say }: Voice): string {
  const kinds = {
    text: say('text'),
    scan: say('scan'),
    'untrusted-text': say('untrusted-text'),
    mixed: say('mixed'),
    blank: say('blank'),
  }
  return kinds[kind]
}

/** The steps as lines for a terminal. */
export function formatSteps(inspection: Inspection, voice: Voice): string {
  const steps = summarizeSteps(inspection, voice).filter(({ text }) => text !== '')
  const warnings = inspection.page.extract.warnings.map((warning) => ({
    title: voice.say('Warning'),
    text: findingIn(voice.language, warning),
  }))
  const all = [...steps, ...warnings]
  const width = Math.max(...Object.values(titlesIn(voice)).map(displayWidth))
  const lines = all.map(({ title, text }) => `  ${padDisplay(title.toLowerCase(), width)}  ${text}`)
  return `${printableText(lines.join('\n'))}\n`
}

function describePixels(scan: InspectedScan, voice: Voice): string {
  const { source, quarterTurns, skewDegrees, sealShare, glyphHeightPx, sizeFactor, isSmoothed } = scan
  const { say } = voice
  const size = `${source.widthPx} × ${source.heightPx} px`
  return [
    source.isPainted ? say('the page painted, {size}', { size }) : say("the picture's own {size}", { size }),
    ...(quarterTurns > 0 ? [say('turned by {degrees}°', { degrees: quarterTurns * 90 })] : []),
    say('{degrees}° of skew taken out', { degrees: skewDegrees.toFixed(2) }),
    ...(sealShare > 0 ? [say('a seal lifted from {share} %', { share: (100 * sealShare).toFixed(1) })] : []),
    say('glyphs {size} px high', { size: Math.round(glyphHeightPx) }),
    ...(sizeFactor !== 1 ? [say('read as if {factor} times that', { factor: sizeFactor })] : []),
    ...(isSmoothed ? [say('smoothed')] : []),
  ].join(marksIn(voice).comma)
}

function describeRulings({ rulings }: InspectedScan, voice: Voice): string {
  const { say } = voice
  const drawn = rulings.filter(({ kind }) => kind !== 'open')
  if (drawn.length === 0) return say('none')
  const count = (kind: string): number => rulings.filter((ruling) => ruling.kind === kind).length
  const told = [
    ...(count('solid') > 0 ? [say('{count} solid', { count: count('solid') })] : []),
    ...(count('bridged') > 0 ? [say('{count} bridged', { count: count('bridged') })] : []),
    ...(count('faint') > 0 ? [say('{count} faint', { count: count('faint') })] : []),
  ]
  const { comma } = marksIn(voice)
  const used = drawn.filter(({ isInGrid }) => isInGrid).length
  const values = { count: drawn.length, kinds: told.join(comma), used }
  return [
    say('{count} followed ({kinds}), {used} of them lines of a table', values),
    ...(count('open') > 0 ? [say('{count} open sides', { count: count('open') })] : []),
  ].join(comma)
}

function describeVectors({ page: { rulings, whiteAreas, extract } }: Inspection, voice: Voice): string {
  if (extract.kind === 'blank') return ''
  const edges = rulings.filter(({ thickness }) => thickness === 0).length
  return [
    voice.say('{count} lines', { count: rulings.length - edges }),
    voice.say('{count} edges of shaded areas', { count: edges }),
    ...(whiteAreas.length > 0 ? [voice.say('{count} white areas', { count: whiteAreas.length })] : []),
  ].join(marksIn(voice).comma)
}

function describeGrids({ page: { extract, scans } }: Inspection, voice: Voice): string {
  const { say } = voice
  if (extract.tables.length === 0) return say('no table')
  const grids = scans.flatMap(({ toPage, grids }) => {
    return grids.map((grid) => ({ agreement: grid.agreement, bbox: mapBox(toPage, grid.bboxPx) }))
  })
  return extract.tables
    .map(({ tableIndex, rowCount, columnCount, cells, structure, bbox }) => {
      const agreement = grids.find((each) => centreIsInside(each.bbox, bbox))?.agreement ?? null
      const witnesses = [
        sayStructure(structure, voice),
        ...(agreement === null ? [] : [say('both ways agree on {share} %', { share: (100 * agreement).toFixed(1) })]),
      ].join(marksIn(voice).comma)
      const size = `${rowCount} × ${columnCount}`
      return say('table {table}: {size}, {cells} cells ({witnesses})', {
        table: tableIndex,
        size,
        cells: cells.length,
        witnesses,
      })
    })
    .join(marksIn(voice).semicolon)
}

function sayStructure(structure: Table['structure'], { say }: Voice): string {
  const structures = {
    'vector-rulings': say('vector-rulings'),
    'pixel-rulings': say('pixel-rulings'),
    alignment: say('alignment'),
  }
  return structures[structure]
}

function describeLines({ page: { scans, words } }: Inspection, voice: Voice): string {
  const { say } = voice
  if (scans.length === 0)
    return words.length === 0 ? '' : say('{count} words of the text layer', { count: words.length })
  const inside = scans.flatMap((scan) => scan.grids.flatMap((grid) => grid.cells.flatMap((cell) => cell.lines)))
  const outside = scans.flatMap((scan) => scan.looseLines)
  const dirt = [...inside, ...outside].filter(({ isDirt }) => isDirt).length
  return [
    say('{count} in cells', { count: inside.length }),
    say('{count} outside', { count: outside.length }),
    ...(dirt > 0 ? [say('{count} of them dirt', { count: dirt })] : []),
  ].join(marksIn(voice).comma)
}

function describeReadings({ page: { scans }, isRead }: Inspection, items: readonly PlacedItem[], voice: Voice): string {
  const { say } = voice
  if (scans.length === 0) return ''
  if (!isRead) return say('nobody was asked to read')
  const lines = items.flatMap((item) => item.lines)
  const readers = [...new Set(lines.flatMap((line) => line.answers.map(({ reader }) => reader)))]
  const counts = readers.map((reader) =>
    say('{reader} {count} lines', { reader, count: lines.filter((line) => wasReadBy(line, reader)).length }),
  )
  const differing = items.filter((item) => listsOf(item).includes('differ')).length
  const { comma, semicolon } = marksIn(voice)
  return [counts.join(comma), say('readers differ in {count} places', { count: differing })].join(semicolon)
}

function wasReadBy(line: InspectedLine, reader: string): boolean {
  return line.answers.some((answer) => answer.reader === reader)
}

function describeValues({ records, checks, isAlone }: Inspection, items: readonly PlacedItem[], voice: Voice): string {
  const { say } = voice
  const accepted = records.filter(({ status }) => status !== 'review').length
  const flagged = items.filter((item) => listsOf(item).includes('flagged')).length
  const holding = checks.filter(({ outcome }) => outcome === 'holds' || outcome === 'repaired').length
  const counts = { records: records.length, accepted }
  return [
    isAlone && records.length > 0
      ? say('{records} records, {accepted} accepted (the page by itself)', counts)
      : say('{records} records, {accepted} accepted', counts),
    say('{count} places flagged', { count: flagged }),
    say('{count} of {all} checks hold', { count: holding, all: checks.length }),
  ].join(marksIn(voice).semicolon)
}
