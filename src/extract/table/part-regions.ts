import { boxHeight } from '../../model/bounding-box.ts'
import { isAmountText } from './amount-text.ts'
import type { Rules } from './block-to-grid.ts'
import { MANY_RULES } from './find-ruled-regions.ts'
import type { TextRow } from './text-rows.ts'

/** Captions stand at the left, in the middle and at the right. */
const MOST_CAPTIONS = 3
/** The unit of a table's money, which stands above it: another table begins. */
const MONEY_UNIT = /^(?:金额)?单位\s*[:：]?\s*(?:人民币)?[百千万亿]{0,2}元/
/** Print may reach over a rule by so much of its height. */
const OVER_RULE = 0.25

/** Whether a line, or lines side by side, name the unit of the table that follows. */
export function isOverTable({ segments }: Pick<TextRow, 'segments'>): boolean {
  return segments.length <= MOST_CAPTIONS && MONEY_UNIT.test(segments.at(-1)?.text ?? '')
}

/**
 * Parts the stretch between rules of one width where the unit of another table's money stands in it: tables of a page under each other have rules of
 * the same width. Above that line stand figures, or nothing but a title; a heading that goes on below it is one table.
 */
export function partRegion(rules: Rules, rows: readonly TextRow[]): readonly Rules[] {
  const { box, levels, partial } = rules
  const inside = rows.filter(({ bbox }) => middleOf(bbox) > box.top && middleOf(bbox) < box.bottom)
  const place = inside.findIndex((row, index) => isOverTable(row) && endsTable(inside.slice(0, index)))
  const unit = inside[place]
  if (unit === undefined) return partAtTitles(rules, inside)
  const at = middleOf(unit.bbox)
  const below = levels.filter((level) => level > at)
  const next = below[0] ?? box.bottom
  // What stands between the unit and the next rule is the heading of a table that has no rule above it.
  const heading = inside.slice(place + 1).filter(({ bbox }) => middleOf(bbox) < next)
  const top = heading.length === 0 ? next : unit.bbox.bottom + OVER_RULE * boxHeight(unit.bbox)
  const parts = [
    { levels: levels.filter((level) => level < at) },
    { levels: heading.length === 0 ? below : [top, ...below] },
  ]
  return parts.flatMap((part): readonly Rules[] => {
    const [first, last] = [part.levels[0], part.levels.at(-1)]
    if (first === undefined || last === undefined || part.levels.length < 2) return []
    const inner = partial.filter(({ position }) => position > first && position < last)
    const own = part.levels.length >= MANY_RULES - 1 ? inner : []
    return partRegion({ box: { ...box, top: first, bottom: last }, levels: part.levels, partial: own }, rows)
  })
}

const TITLE = /^.{3,38}表$/u

/** Parts the stretch where between two rules stands nothing but a table's title, and what is printed beside it. */
function partAtTitles(rules: Rules, inside: readonly TextRow[]): readonly Rules[] {
  const { box, levels, partial } = rules
  const parts: number[][] = [[]]
  for (const [index, level] of levels.entries()) {
    const between = inside.filter(({ bbox }) => middleOf(bbox) > (levels[index - 1] ?? level) && middleOf(bbox) < level)
    if (isTitle(between)) parts.push([])
    parts.at(-1)?.push(level)
  }
  if (parts.length === 1 || parts.some(({ length }) => length < 2)) return [rules]
  return parts.map((own): Rules => {
    const [top, bottom] = [own[0] ?? box.top, own.at(-1) ?? box.bottom]
    const inner = partial.filter(({ position }) => position > top && position < bottom)
    return { box: { ...box, top, bottom }, levels: own, partial: own.length >= MANY_RULES - 1 ? inner : [] }
  })
}

function isTitle(rows: readonly TextRow[]): boolean {
  const texts = rows.flatMap(({ segments }) => segments.map(({ text }) => text.replaceAll(/\s/g, '')))
  const isLoose = rows.every(({ segments }) => segments.length <= MOST_CAPTIONS) && !texts.some(isAmountText)
  return isLoose && texts.some((text) => TITLE.test(text))
}

/** Whether lines can be all of a table, or its title. */
function endsTable(rows: readonly TextRow[]): boolean {
  const hasFigures = rows.some(({ segments }) => segments.some(({ text }) => isAmountText(text)))
  return hasFigures || rows.every(({ segments }) => segments.length === 1)
}

function middleOf({ top, bottom }: TextRow['bbox']): number {
  return (top + bottom) / 2
}
