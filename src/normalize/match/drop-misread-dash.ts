import type { MatchQuery, TextReading } from './code-match.ts'
import type { EditionFacts } from './edition-facts.ts'
import { foldText } from './fold-text.ts'

/** What readers make of the dash between code and name. */
const WITH_DASH = /^((?:[A-Z]\d{2,14}|\d{3,14}))[一丨~](.+)$/

/**
 * Takes the glyph out of a cell's readings that stands for a dash between code and name ("A02010105一台式计算机"): the
 * catalogue has the name without it, and none that begins with it.
 */
export function dropMisreadDash(query: MatchQuery, { byName }: EditionFacts): MatchQuery {
  if (query.combined === undefined) return query
  const combined = query.combined.map((reading): TextReading => {
    const found = WITH_DASH.exec(foldText(reading.text))
    if (found === null) return reading
    const [, code = '', name = ''] = found
    const isDash = byName.has(name) && !byName.has(`一${name}`)
    // The characters spell the text with the dash: without them the reading stands by its text alone.
    return isDash ? { reader: reading.reader, text: code + name } : reading
  })
  return { ...query, combined }
}
