/** Darker strokes this long are rules; no glyph's are. */
const RULE_PX = 90
/** … and so are strokes that go down through so much of the ground. */
const RULE_SHARE = 0.6

/** The share of pixels that are so and stand in no rule. */
export function shareOfStrokes(pixels: readonly number[], isSo: (i: number) => boolean, width: number): number {
  const own = new Set(pixels.filter(isSo))
  const rows = Math.floor((pixels.at(-1) ?? 0) / width) - Math.floor((pixels[0] ?? 0) / width) + 1
  const rules = new Set([
    ...longStrokes(own, { onward: 1, aside: width }, RULE_PX),
    ...longStrokes(own, { onward: width, aside: 1 }, Math.min(RULE_PX, RULE_SHARE * rows)),
  ])
  return (own.size - rules.size) / Math.max(1, pixels.length)
}

/** Pixels of strokes at least so long in one direction, a step aside allowed from one to the next: rules of a sheet that slants. */
function longStrokes(
  own: ReadonlySet<number>,
  { onward, aside }: { readonly onward: number; readonly aside: number },
  least: number,
): ReadonlySet<number> {
  const long = new Set<number>()
  for (const start of own) {
    if (long.has(start) || [-onward, -onward - aside, -onward + aside].some((step) => own.has(start + step))) continue
    const way = [start]
    for (let at: number | undefined = start; at !== undefined; ) {
      at = [at + onward, at + onward - aside, at + onward + aside].find((i) => own.has(i))
      if (at !== undefined) way.push(at)
    }
    if (way.length >= least) for (const i of way) long.add(i)
  }
  // Beside a way of one pixel's width lies the rest of a rule.
  return new Set(
    [...long].flatMap((i) => [i, i - aside, i + aside, i - 2 * aside, i + 2 * aside].filter((n) => own.has(n))),
  )
}
