import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Dictionaries } from '../model/dictionaries.ts'
import type { Judgement } from '../model/judgement.ts'
import { toAppendDiff } from '../publish/to-append-diff.ts'
import { toCsvLine } from '../publish/to-csv.ts'
import { type ProposedAlias, type PublisherNames, proposeAliases } from '../review/propose-aliases.ts'
import { type ProposedConfusion, proposeConfusions, proposeWords } from '../review/propose-entries.ts'
import { DICTIONARIES_FOLDER, readManifest } from '../store/read-dictionaries.ts'
import { readFieldLists } from './field-lists.ts'

const CONFUSIONS = 'glyph-confusions-observed.csv'
const ALIASES = 'publisher-aliases.csv'
const PREAMBLE = `Proposed from judgements: glyphs that readers took for others in two cells or more, values of listed columns that
people found in two documents or more, and names under which one publisher goes. Look at each line; apply with "git apply" or "patch -p1", then run
"npm run check:dictionaries -- --update".

`

/** What corrections teach, as a diff of the folder `dictionaries`; '' where there is nothing. Nothing is changed here. */
export function proposeDictionaryDiff(
  judgements: readonly Judgement[],
  documents: readonly PublisherNames[],
  dictionaries: Dictionaries,
  folder: string = DICTIONARIES_FOLDER,
): string {
  const diff = [
    confusionDiff(judgements, dictionaries, folder),
    ...wordDiffs(judgements, dictionaries, folder),
    aliasDiff(proposeAliases(judgements, documents), dictionaries, folder),
  ].join('')
  return diff === '' ? '' : PREAMBLE + diff
}

function confusionDiff(judgements: readonly Judgement[], dictionaries: Dictionaries, folder: string): string {
  const known = new Set(dictionaries.glyphConfusions.map(({ observed, truth }) => `${observed}\0${truth}`))
  const isNew = ({ observed, truth }: ProposedConfusion) => !known.has(`${observed}\0${truth}`)
  const lines = proposeConfusions(judgements)
    .filter(isNew)
    .map(({ observed, truth, count }) => toCsvLine([observed, truth, String(count), 'judgements']))
  return diffOf(CONFUSIONS, lines, folder)
}

/** Only lists of names: a code is the business of whoever issues the list. */
function wordDiffs(judgements: readonly Judgement[], dictionaries: Dictionaries, folder: string): readonly string[] {
  const { lists } = readFieldLists(dictionaries)
  const manifest = readManifest(folder)
  return manifest.catalogues.flatMap(({ scheme, edition, file, isComplete }) => {
    const entries = dictionaries.catalogues
      .filter((catalogue) => catalogue.scheme === scheme)
      .flatMap((each) => each.entries)
    const own = dictionaries.catalogues.find((each) => each.scheme === scheme && each.edition === edition)
    if (isComplete || own === undefined || own.entries.some(({ level }) => level !== 1)) return []
    const names = new Set(entries.map(({ name }) => name))
    const isKnown = (field: string, value: string) => {
      const list = lists.get(field)
      return list?.scheme !== scheme || list.codeField !== null || names.has(value)
    }
    const lines = proposeWords(judgements, isKnown).map(({ value }) => toCsvLine(['', value, '', '1', 'disclosed']))
    return [diffOf(file, [...new Set(lines)], folder)]
  })
}

function aliasDiff(aliases: readonly ProposedAlias[], { publisherAliases }: Dictionaries, folder: string): string {
  const toKey = (one: string, other: string) => [one, other].toSorted().join('\0')
  const known = new Set(publisherAliases.map(({ publisher, alias }) => toKey(publisher, alias)))
  const lines = aliases
    .filter(({ publisher, alias }) => !known.has(toKey(publisher, alias)))
    .map(({ publisher, alias }) => toCsvLine([publisher, alias, 'judgements']))
  return diffOf(ALIASES, lines, folder)
}

function diffOf(file: string, lines: readonly string[], folder: string): string {
  return toAppendDiff(`dictionaries/${file}`, readFileSync(join(folder, file), 'utf8'), lines)
}
