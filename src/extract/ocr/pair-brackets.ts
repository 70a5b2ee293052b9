const ROUND_OPENERS = '(（〈<{'
const ROUND_CLOSERS = ')）〉>}'
const SQUARE_OPENERS = '[【［〔'
const SQUARE_CLOSERS = ']】］〕'
const CODE = /^[A-Z]?\d{3,}$/

/**
 * Gives brackets that do not pair up the shape that they must have, glyph by glyph: a code that opened with [ closes
 * with ], and what stands across from a round bracket is one (〈2023年结转) is (2023年结转)). Brackets that pair up stay
 * as they were read.
 */
export function pairBrackets(glyphs: readonly string[]): string[] {
  const paired = [...glyphs]
  let open: number | null = null
  for (const [index, glyph] of glyphs.entries()) {
    if ((ROUND_OPENERS + SQUARE_OPENERS).includes(glyph)) open = index
    if (open === null || !(ROUND_CLOSERS + SQUARE_CLOSERS).includes(glyph)) continue
    const opener = glyphs[open] ?? ''
    if (!isPair(opener, glyph)) {
      const isSquare = CODE.test(glyphs.slice(open + 1, index).join('')) && hasSquare(opener, glyph)
      paired[open] = isSquare ? '[' : '('
      paired[index] = isSquare ? ']' : ')'
    }
    open = null
  }
  return paired
}

function hasSquare(opener: string, closer: string): boolean {
  return SQUARE_OPENERS.includes(opener) || SQUARE_CLOSERS.includes(closer)
}

function isPair(opener: string, closer: string): boolean {
  const [round, square] = [ROUND_OPENERS.indexOf(opener), SQUARE_OPENERS.indexOf(opener)]
  return (
    (round >= 0 && ROUND_CLOSERS.indexOf(closer) === round) ||
    (square >= 0 && SQUARE_CLOSERS.indexOf(closer) === square)
  )
}
