import type { CatalogueEntry } from '../../model/catalogue.ts'
import type { CodeAndName, CodeMatch, MatchContext, MatchQuery, TextReading } from './code-match.ts'
import { describeFit, describeParts, toCandidates } from './describe-match.ts'
import type { EditionFacts } from './edition-facts.ts'
import { createFamiliarity } from './familiarity.ts'
import { codeOfFigures, commonLength, foldText, withoutRemark } from './fold-text.ts'
import type { GlyphCosts } from './glyph-costs.ts'
import { bareCode, judgeCode, judgeName, mayRestore, type ReadParts, readParts } from './judge-damage.ts'
import { type ObservedQuery, observeText } from './observed-text.ts'
import { splitCodeAndName } from './split-code-and-name.ts'
import { type Explanation, type PrintedTexts, weighExplanations } from './weigh-explanations.ts'

/** An explanation is taken when it is at least this likely; below, a person is asked. */
export const ACCEPT_PROBABILITY = 0.99
const PROPOSALS = 24
const FEW_PROPOSALS = 5
const LEAST_COMMON = 0.5

/** Restores a damaged code and name jointly, or says how likely each explanation is. */
export function matchDamagedText(
  query: MatchQuery,
  context: MatchContext,
  edition: EditionFacts,
  costs: GlyphCosts,
): CodeMatch {
  const printed = bestPrinted(query)
  const exact = findAgreedEntry(query, edition)
  if (exact !== null) return asExact(exact, printed, query, edition)
  const observed = observeQuery(query, costs)
  const parts = readParts(query)
  const proposed = likeAnyName(proposeEntries(observed, edition), parts, edition)
  const explanations = weighExplanations(observed, proposed, unlistedTexts(parts, edition), {
    catalogueSize: edition.catalogue.entries.length,
    isComplete: edition.catalogue.isComplete,
    background: edition.background,
    foldedName: edition.foldedName,
    familiarity: createFamiliarity(context, edition),
  })
  return decide(explanations, printed, query, parts, edition)
}

function observeQuery(query: MatchQuery, costs: GlyphCosts): ObservedQuery {
  const observe = (readings: readonly TextReading[] = []) => {
    const filled = readings.filter(({ text }) => foldText(text) !== '')
    return filled.map((reading) => {
      const others = filled.filter((other) => other !== reading)
      return observeText(reading, costs, others)
    })
  }
  return { code: observe(query.code), name: observe(query.name), combined: observe(query.combined) }
}

interface ProposedEntries {
  readonly all: readonly CatalogueEntry[]
  readonly byCode: readonly CatalogueEntry[]
}

function proposeEntries(observed: ObservedQuery, edition: EditionFacts): ProposedEntries {
  const { catalogue, index, byCode, searchNames } = edition
  const codes = [...observed.code, ...observed.combined]
  const names = [...observed.name, ...observed.combined]
  const proposals = index.propose(codes, names, PROPOSALS)
  const nearest =
    proposals.all.length < FEW_PROPOSALS ? names.flatMap(({ text }) => searchNames(text, FEW_PROPOSALS)) : []
  const entriesOf = (numbers: readonly number[]) => numbers.flatMap((number) => catalogue.entries[number] ?? [])
  const asRead = codes.flatMap(
    ({ text }) => byCode.get(bareCode(text)) ?? byCode.get(codeOfFigures(splitCodeAndName(text)[0]?.code ?? '')) ?? [],
  )
  return {
    all: [...new Set([...entriesOf(proposals.all), ...asRead, ...entriesOf(nearest)])],
    byCode: [...new Set([...asRead, ...entriesOf(proposals.byCode)])],
  }
}

/**
 * Without a code, an entry of a catalogue that we hold in part is no explanation of a name that has less than half of its
 * glyphs: it would win for want of others. A complete one, or a list of words, has the name, however damaged.
 */
function likeAnyName(
  proposed: ProposedEntries,
  { codes, names }: ReadParts,
  { catalogue, foldedName }: EditionFacts,
): ProposedEntries {
  if (catalogue.isComplete || codes.length > 0 || names.length === 0) return proposed
  const all = proposed.all.filter((entry) => {
    const truth = foldedName(entry)
    return (
      entry.code === '' ||
      names.some((name) => commonLength(name, truth) >= LEAST_COMMON * Math.max(name.length, truth.length))
    )
  })
  return { ...proposed, all }
}

/** What the readings say when taken at their word: codes that are well formed but unlisted, names that are unlisted. */
function unlistedTexts({ codes, names }: ReadParts, { background, byCode, byName }: EditionFacts): PrintedTexts {
  return {
    codes: codes.filter((code) => background.isCodeShaped(code) && !byCode.has(code)),
    names: names.filter((name) => !byName.has(name)),
  }
}

function bestPrinted(query: MatchQuery): CodeAndName {
  const split = query.combined?.[0] === undefined ? undefined : splitCodeAndName(query.combined[0].text)[0]
  const code = query.code?.[0] === undefined ? codeOfFigures(split?.code ?? '') : bareCode(query.code[0].text)
  const name = query.name?.[0] === undefined ? split?.name : query.name[0].text.trim()
  return {
    code: code === '' ? null : code,
    name: name === undefined || name === '' ? null : name,
  }
}

/** Beside two readers of the pixels a scanner's own layer has no say. */
function soundWitnesses(readings: readonly TextReading[] | undefined): readonly TextReading[] | undefined {
  const ours = readings?.filter(({ reader }) => reader !== 'untrusted-text-layer') ?? []
  return new Set(ours.map(({ reader }) => reader)).size > 1 ? ours : readings
}

/**
 * The entry that every reading gives exactly. One reader is believed only where the name is this entry's alone: a
 * misread digit of 行政运行 leads to another 行政运行. Two readers are believed about a code alone, too.
 */
function findAgreedEntry(query: MatchQuery, { byCode, byName, foldedName }: EditionFacts): CatalogueEntry | null {
  let agreed: CatalogueEntry | null = null
  const [combined, codeTexts, nameTexts] = [query.combined, query.code, query.name].map(soundWitnesses)
  const pairs = (combined ?? []).map(({ text }) => splitCodeAndName(text)[0])
  const codes = [
    ...(codeTexts ?? []).map(({ text }) => bareCode(text)),
    ...pairs.map((pair) => codeOfFigures(pair?.code ?? '')),
  ]
  const besideCodes = pairs.map((pair) => pair?.name ?? '')
  // A cell for both that holds but a code says no more than a cell for codes.
  const isOnlyCode = query.name === undefined && besideCodes.every((name) => name === '')
  const names = isOnlyCode ? [] : [...(nameTexts ?? []).map(({ text }) => foldText(text)), ...besideCodes]
  if (codes.length === 0 || (names.length === 0 && !(isOnlyCode && codes.length > 1))) return null
  for (const code of codes) {
    const entry = byCode.get(code)
    if (entry === undefined || (agreed !== null && agreed !== entry)) return null
    agreed = entry
  }
  const wanted = agreed === null ? '' : foldedName(agreed)
  if (codes.length === 1 && (byName.get(wanted)?.length ?? 0) > 1) return null
  return names.every((name) => name === wanted || (withoutRemark(name) === wanted && !byName.has(name))) ? agreed : null
}

function decide(
  explanations: readonly Explanation[],
  printed: CodeAndName,
  query: MatchQuery,
  parts: ReadParts,
  edition: EditionFacts,
): CodeMatch {
  const [first, second] = explanations
  const facts = {
    printed,
    candidates: toCandidates(explanations, printed, edition),
    margin: (first?.probability ?? 0) - (second?.probability ?? 0),
    edition: edition.catalogue.edition,
    isListComplete: edition.catalogue.isComplete,
    otherEdition: null,
  }
  const unsure = { ...facts, value: agreedParts(explanations, query), kind: 'ambiguous' } as const
  if (first === undefined) return { ...facts, kind: 'unknown', value: printed, evidence: ['nothing was read'] }
  const isLikely = first.probability >= ACCEPT_PROBABILITY
  const unlisted = clearUnlistedCode(query, parts, edition)
  const mayStand =
    first.entry === null ? isAsRead(first, parts) : mayOverrule(first.entry, unlisted, query, parts, edition)
  if (!isLikely || !mayStand || !first.isShown) {
    const reason = !isLikely
      ? `the likeliest explanation has only ${first.probability.toFixed(3)}`
      : mayStand
        ? 'the pixels hardly show the likeliest explanation'
        : 'the readings look sound, and they are not those of the likeliest explanation'
    if (unlisted === null) return { ...unsure, evidence: [reason] }
    return { ...facts, kind: 'unknown', value: printed, evidence: [`no entry has the code ${unlisted}`, reason] }
  }
  if (first.entry !== null) return asEntry(first.entry, facts, query, edition)
  const byCode = edition.byCode.get(first.code) ?? null
  const byName = edition.byName.get(first.name)?.[0] ?? null
  const evidence = [describeParts(first, byCode, byName)]
  if (byCode === null || byCode.attested === 'recalled') return { ...facts, kind: 'unknown', value: printed, evidence }
  return { ...facts, kind: 'contradiction', value: printed, byCode, byName, evidence }
}

/** Only what was read, not what may have been meant, can contradict the catalogue or be unknown to it. */
function isAsRead({ code, name }: Explanation, { codes, names }: ReadParts): boolean {
  const isRead = (read: string) => read === name || withoutRemark(read) === name
  return (code === '' || codes.includes(code)) && (name === '' || names.some(isRead))
}

/** A well-formed code that no entry has, on which all readers agree; null when any of them saw something else. */
function clearUnlistedCode(query: MatchQuery, { codes, names }: ReadParts, edition: EditionFacts): string | null {
  const [only, ...others] = codes
  if (only === undefined || others.length > 0) return null
  if (!edition.background.isCodeShaped(only) || edition.byCode.has(only)) return null
  return countCodeReaders(query) > 1 || !names.some((name) => edition.byName.has(name)) ? only : null
}

function countCodeReaders(query: MatchQuery): number {
  return (query.code ?? []).length + (query.combined ?? []).length
}

/** A code that two readers saw alike stands, in the catalogue or not. */
function mayOverrule(
  entry: CatalogueEntry,
  unlisted: string | null,
  query: MatchQuery,
  parts: ReadParts,
  edition: EditionFacts,
): boolean {
  if (unlisted !== null && countCodeReaders(query) > 1) return false
  return mayRestore(judgeCode(entry, parts, edition), judgeName(entry, parts, edition))
}

function asEntry(
  entry: CatalogueEntry,
  facts: Omit<Extract<CodeMatch, { kind: 'restored' }>, 'kind' | 'entry' | 'value' | 'evidence'>,
  query: MatchQuery,
  edition: EditionFacts,
): CodeMatch {
  const evidence = [`${edition.catalogue.scheme}-${edition.catalogue.edition}: ${describeFit(facts.printed, entry)}`]
  const value = publishedPair(entry, facts.printed, query)
  const agrees =
    (facts.printed.code === null || facts.printed.code === entry.code) &&
    (facts.printed.name === null ||
      withoutRemark(foldText(facts.printed.name)) === withoutRemark(edition.foldedName(entry)))
  if (agrees) return { ...facts, kind: 'exact', entry, note: null, value, evidence }
  return { ...facts, kind: 'restored', entry, value, evidence }
}

function asExact(entry: CatalogueEntry, printed: CodeAndName, query: MatchQuery, edition: EditionFacts): CodeMatch {
  const evidence = `${edition.catalogue.scheme}-${edition.catalogue.edition}: every reading gives this entry`
  return {
    kind: 'exact',
    entry,
    note: null,
    printed,
    value: publishedPair(entry, printed, query),
    candidates: [{ entry, probability: 1, evidence }],
    margin: 1,
    edition: edition.catalogue.edition,
    isListComplete: edition.catalogue.isComplete,
    otherEdition: null,
    evidence: [evidence],
  }
}

function publishedPair(entry: CatalogueEntry, printed: CodeAndName, query: MatchQuery): CodeAndName {
  const hasName = query.name !== undefined || query.combined !== undefined
  const hasCode = query.code !== undefined || query.combined !== undefined
  return {
    code: hasCode && entry.code !== '' ? entry.code : null,
    name: hasName ? withRemark(entry.name, printed.name) : null,
  }
}

/** A remark behind the name is the page's own and stays as read. */
function withRemark(name: string, printedName: string | null): string {
  if (printedName === null) return name
  const [folded, listed] = [foldText(printedName), foldText(name)]
  const remark = folded.slice(withoutRemark(folded).length)
  // A name that ends in brackets itself was read with them, well or ill: 不间断电源(CPS) is 不间断电源（UPS）.
  const isOwn = listed !== withoutRemark(listed) && withoutRemark(folded) === withoutRemark(listed)
  return remark === '' || isOwn || listed.endsWith(remark)
    ? name
    : name + remark.replace(/^[[(]/, '（').replace(/[\])]$/, '）')
}

/** The code, or the name, on which nearly all the probability agrees even where the pair is unsure. */
function agreedParts(explanations: readonly Explanation[], query: MatchQuery): CodeAndName {
  const mayHaveCode = query.code !== undefined || query.combined !== undefined
  const mayHaveName = query.name !== undefined || query.combined !== undefined
  const code = mayHaveCode ? agreedPart(explanations, ({ code: each }) => each) : null
  const folded = mayHaveName ? agreedPart(explanations, ({ name }) => name) : null
  const named = folded === null ? undefined : explanations.find(({ name, entry }) => entry !== null && name === folded)
  return { code, name: named?.entry?.name ?? null }
}

function agreedPart(explanations: readonly Explanation[], part: (explanation: Explanation) => string): string | null {
  const masses = new Map<string, number>()
  for (const explanation of explanations) {
    const mass = (masses.get(part(explanation)) ?? 0) + explanation.probability
    if (mass >= ACCEPT_PROBABILITY) return part(explanation) === '' ? null : part(explanation)
    masses.set(part(explanation), mass)
  }
  return null
}
