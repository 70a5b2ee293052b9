import type { BoundingBox } from '../../model/bounding-box.ts'
import { boxWidth } from '../../model/bounding-box.ts'
import type { Ruling } from '../../model/page.ts'
import type { Rules } from './block-to-grid.ts'
import { POINT_OPTIONS } from './grid.ts'
import { joinRulings } from './join-rulings.ts'

/** With this many rules of one span, each stretch between two of them is asked for cells, not each line. */
export const MANY_RULES = 4
const SHORTEST_RULE = 80
/** Rules of one table begin and end within this many points. */
const RULE_END_TOLERANCE = 6

/**
 * Regions between rules that begin and end at the same places: the rules of one table, in points. Outside `taken`; ends may
 * lie `unevenEnds` of a rule's length apart.
 */
export function ruledRegions(rulings: readonly Ruling[], taken: readonly BoundingBox[], unevenEnds: number): Rules[] {
  // Edges of shaded areas have no thickness and are no rules.
  const rules = joinRulings(
    rulings.filter((rule) => rule.orientation === 'horizontal' && rule.thickness > 0),
    POINT_OPTIONS,
  ).filter((rule) => {
    const isIn = (box: BoundingBox): boolean => rule.position >= box.top - 2 && rule.position <= box.bottom + 2
    return !taken.some((box) => isIn(box) && rule.start < box.x1 && rule.end > box.x0)
  })
  const groups: Ruling[][] = []
  for (const rule of rules.filter((long) => long.end - long.start >= SHORTEST_RULE).toSorted(byPosition)) {
    const group = groups.find((other) => other.some((member) => isSameSpan(member, rule, unevenEnds)))
    if (group === undefined) groups.push([rule])
    else group.push(rule)
  }
  const regions = groups.flatMap((group): Rules[] => {
    const levels = group.map((rule) => rule.position)
    const [top, bottom] = [levels[0], levels.at(-1)]
    if (group.length < 2 || top === undefined || bottom === undefined) return []
    const x0 = Math.min(...group.map((rule) => rule.start))
    const x1 = Math.max(...group.map((rule) => rule.end))
    if (taken.some((box) => box.top < bottom && box.bottom > top && box.x0 < x1 && box.x1 > x0)) return []
    const partial = rules.filter((rule) => {
      const isInside = rule.start >= x0 - RULE_END_TOLERANCE && rule.end <= x1 + RULE_END_TOLERANCE
      return isInside && !group.includes(rule) && rule.position > top && rule.position < bottom
    })
    return [{ box: { x0, top, x1, bottom }, levels, partial: group.length >= MANY_RULES - 1 ? partial : [] }]
  })
  // Rules over a few columns of a larger table are no table of their own.
  return regions
    .toSorted((a, b) => boxWidth(b.box) - boxWidth(a.box))
    .filter((region, index, all) => !all.slice(0, index).some((larger) => isWithin(region.box, larger.box)))
    .toSorted((a, b) => a.box.top - b.box.top)
}

function byPosition(a: Ruling, b: Ruling): number {
  return a.position - b.position
}

function isWithin(inner: BoundingBox, outer: BoundingBox): boolean {
  return inner.top >= outer.top && inner.bottom <= outer.bottom && inner.x0 < outer.x1 && inner.x1 > outer.x0
}

function isSameSpan(a: Ruling, b: Ruling, unevenEnds: number): boolean {
  const tolerance = Math.max(RULE_END_TOLERANCE, unevenEnds * (a.end - a.start))
  return Math.abs(a.start - b.start) <= tolerance && Math.abs(a.end - b.end) <= tolerance
}
