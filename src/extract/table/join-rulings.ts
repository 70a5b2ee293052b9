import type { Ruling } from '../../model/page.ts'
import type { GridOptions } from './grid.ts'

interface Parallel {
  readonly members: readonly Ruling[]
  readonly reference: number
}

/**
 * Joins pieces of one line: the same direction, nearly the same position, no gap wider than `bridge`. Dashes become a
 * line, double lines become one; what stays shorter than `minLength` is dropped.
 */
export function joinRulings(rulings: readonly Ruling[], options: GridOptions): Ruling[] {
  return (['horizontal', 'vertical'] as const).flatMap((orientation) => {
    const own = rulings.filter((ruling) => ruling.orientation === orientation)
    return groupByPosition(own, options.snap)
      .flatMap((group) => joinAlong(group.members, options.bridge))
      .filter((ruling) => ruling.end - ruling.start >= options.minLength)
  })
}

/** A group never spreads over more than `snap` from its first line, so that narrow rows do not collapse in a chain. */
function groupByPosition(rulings: readonly Ruling[], snap: number): Parallel[] {
  const groups: { members: Ruling[]; reference: number }[] = []
  for (const ruling of rulings.toSorted((a, b) => a.position - b.position)) {
    const group = groups.at(-1)
    if (group !== undefined && ruling.position - group.reference <= snap) group.members.push(ruling)
    else groups.push({ members: [ruling], reference: ruling.position })
  }
  return groups
}

function joinAlong(members: readonly Ruling[], bridge: number): Ruling[] {
  const joined: Ruling[][] = []
  let end = Number.NEGATIVE_INFINITY
  for (const ruling of members.toSorted((a, b) => a.start - b.start)) {
    if (ruling.start - end <= bridge) joined.at(-1)?.push(ruling)
    else joined.push([ruling])
    end = Math.max(ruling.start - end <= bridge ? end : ruling.end, ruling.end)
  }
  return joined.map(toOneRuling)
}

function toOneRuling(parts: readonly Ruling[]): Ruling {
  const lengths = parts.map((part) => Math.max(part.end - part.start, 1e-3))
  const total = lengths.reduce((sum, length) => sum + length, 0)
  const position = parts.reduce((sum, part, index) => sum + part.position * (lengths[index] ?? 0), 0) / total
  return {
    orientation: parts[0]?.orientation ?? 'horizontal',
    position,
    start: Math.min(...parts.map((part) => part.start)),
    end: Math.max(...parts.map((part) => part.end)),
    thickness: Math.max(...parts.map((part) => part.thickness)),
  }
}
