import type { GlyphConfusion } from '../../model/glyph-confusion.ts'
import { foldText, isHan } from './fold-text.ts'

/** A run of observed glyphs that may stand for a run of printed ones; `cost` is in nats (-log probability). */
export interface GlyphEdge {
  readonly observed: readonly number[]
  readonly truth: readonly number[]
  readonly cost: number
}

/** What it costs, in nats, that one glyph was read for another. */
export interface GlyphCosts {
  /** One for one: what a single glyph may stand for, with its cost; null where nobody has seen it misread. */
  pairsOf(observed: number): ReadonlyMap<number, number> | null
  /** Runs whose first observed glyph is `observed`. */
  edgesFrom(observed: number): readonly GlyphEdge[]
}

const SEEN_COST = 2
const SHAPE_COST = 2.3
const LOOK_ALIKE_COST = 3.2
const CHEAPEST = 1
/** A run of several glyphs is a rarer event than a swapped one. */
const RUN_COST = 0.4

/** Compiles the confusion table. A pair seen more often costs less; pairs of single Han characters hold both ways. */
export function createGlyphCosts(confusions: readonly GlyphConfusion[]): GlyphCosts {
  const pairs = new Map<number, Map<number, number>>()
  const edges = new Map<number, GlyphEdge[]>()
  for (const confusion of confusions) {
    const observed = glyphsOf(confusion.observed)
    const truth = glyphsOf(confusion.truth)
    const [o, t] = [observed[0], truth[0]]
    if (o === undefined || t === undefined) continue
    const cost = Math.max(CHEAPEST, baseCost(confusion) - 0.5 * Math.log(confusion.count))
    if (observed.length > 1 || truth.length > 1) {
      listOf(edges, o).push({ observed, truth, cost: cost + RUN_COST })
      continue
    }
    addPair(o, t, cost)
    if (isHan(o) && isHan(t)) addPair(t, o, Math.max(cost, LOOK_ALIKE_COST))
  }

  function addPair(observed: number, truth: number, cost: number): void {
    if (observed === truth) return
    const known = pairs.get(observed) ?? new Map<number, number>()
    known.set(truth, Math.min(cost, known.get(truth) ?? cost))
    pairs.set(observed, known)
  }

  return {
    pairsOf: (observed) => pairs.get(observed) ?? null,
    edgesFrom: (observed) => edges.get(observed) ?? [],
  }
}

/** UTF-16 units of the folded text: every glyph of these documents is one unit. */
export function glyphsOf(text: string): number[] {
  return Array.from(foldText(text), (character) => character.charCodeAt(0))
}

function baseCost({ source, observed, truth }: GlyphConfusion): number {
  const bothHan = isHan(observed.charCodeAt(0)) && isHan(truth.charCodeAt(0))
  if (source === 'shape' && !bothHan) return SHAPE_COST
  const isFromList = ['pycorrector', 'Confused_Chinese', 'shape'].includes(source)
  return bothHan && isFromList ? LOOK_ALIKE_COST : SEEN_COST
}

function listOf<Key, Item>(lists: Map<Key, Item[]>, key: Key): Item[] {
  const known = lists.get(key)
  if (known !== undefined) return known
  const fresh: Item[] = []
  lists.set(key, fresh)
  return fresh
}
