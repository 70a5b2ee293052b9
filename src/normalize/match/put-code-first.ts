import type { CharacterReading } from '../../model/table.ts'
import type { MatchQuery, TextReading } from './code-match.ts'
import { foldText } from './fold-text.ts'

/** A name, then its code, in brackets that may be damaged or lost. */
const NAME_FIRST = /^(.*[\p{Script=Han})])[[(]?([A-Z\d][A-Za-z\d]{2,11})[\])]?$/u
const CLEAN_NAME_FIRST = /^\D*[\u3400-\u9fff]\D*[[(](?:[A-Z]\d{2,12}|\d{3,12})[\])]$/

/**
 * Turns cells that print the name before its code ("台式计算机[A02010105]") the usual way round, so that damage is weighed
 * alike in both. Only where some reading of the cell shows that order plainly.
 */
export function putCodeFirst(query: MatchQuery): MatchQuery {
  const { combined } = query
  if (combined === undefined || !combined.some(({ text }) => CLEAN_NAME_FIRST.test(foldText(text)))) return query
  return { ...query, combined: combined.map(turnRound) }
}

function turnRound(reading: TextReading): TextReading {
  const folded = foldText(reading.text)
  const found = NAME_FIRST.exec(folded)
  if (found === null) return reading
  const [, name = '', code = ''] = found
  const characters = turnCharacters(reading.characters ?? [], folded, name.length, code)
  return { reader: reading.reader, text: code + name, ...(characters === null ? {} : { characters }) }
}

/** The characters of the code, then those of the name; null where they do not spell the folded text one for one. */
function turnCharacters(
  characters: readonly CharacterReading[],
  folded: string,
  nameLength: number,
  code: string,
): readonly CharacterReading[] | null {
  if (characters.length !== folded.length) return null
  const codeStart = folded.lastIndexOf(code)
  return [...characters.slice(codeStart, codeStart + code.length), ...characters.slice(0, nameLength)]
}
