import type { CatalogueEntry } from '../../model/catalogue.ts'
import type { CodeAndName, CodeMatch, MatchCandidate, MatchQuery } from './code-match.ts'
import type { EditionFacts } from './edition-facts.ts'
import { commonLength, foldText, halfWidthCode, withoutRemark } from './fold-text.ts'
import { type CodeNameSplit, shorterCodes, splitCodeAndName } from './split-code-and-name.ts'

/** From this share of common characters on, another wording counts as the publisher's own for the same thing. */
const OWN_WORDING_SHARE = 0.6
const NEAREST = 5

/** Looks a trusted text up. Whatever comes of it, `value` is what was printed, split into code and name. */
export function matchTrustedText(query: MatchQuery, edition: EditionFacts): CodeMatch {
  const printed = printedParts(query, edition)
  const code = printed.code === null ? null : foldText(printed.code).toUpperCase()
  const byCode = code === null ? null : (edition.byCode.get(code) ?? null)
  const named = printed.name === null ? [] : entriesNamed(printed.name, edition)
  const facts = {
    printed,
    value: printed,
    candidates: nearest(byCode, named, printed, edition),
    margin: 1,
    edition: edition.catalogue.edition,
    isListComplete: edition.catalogue.isComplete,
    otherEdition: null,
  }
  if (code === null) return nameAlone(named, facts)
  if (byCode === null) return { ...facts, kind: 'unknown', evidence: [`no entry has the code ${code}`] }
  if (printed.name === null) return exact(byCode, 'no name is printed beside the code', facts)
  if (named.includes(byCode)) return exact(byCode, null, facts)
  const wording = sharesMost(foldText(printed.name), edition.foldedName(byCode))
  const byName = named[0] ?? null
  if (byName === null && wording) {
    return exact(byCode, `the catalogue's name is ${byCode.name}; the page has the publisher's own wording`, facts)
  }
  const evidence = [`code ${byCode.code} is ${byCode.name}, the page says ${printed.name}`]
  if (byCode.attested === 'recalled') return { ...facts, kind: 'unknown', evidence }
  return { ...facts, kind: 'contradiction', byCode, byName, evidence }
}

type Facts = Omit<Extract<CodeMatch, { kind: 'unknown' }>, 'kind' | 'evidence'>

function exact(entry: CatalogueEntry, note: string | null, facts: Facts): CodeMatch {
  return { ...facts, kind: 'exact', entry, note, evidence: [note ?? 'code and name as in the catalogue'] }
}

function nameAlone(named: readonly CatalogueEntry[], facts: Facts): CodeMatch {
  const [only, ...others] = named
  if (only === undefined) return { ...facts, kind: 'unknown', evidence: ['no entry has this name'] }
  // In lists of names the same words may stand in several places; they are the same value.
  if (others.length === 0 || others.every(({ code }) => code === only.code)) {
    return { ...facts, kind: 'exact', entry: only, note: null, evidence: ['name as in the catalogue'] }
  }
  return { ...facts, kind: 'ambiguous', margin: 0, evidence: [`${named.length} entries have this name`] }
}

/** The split whose code and name stand together in the catalogue; without one the likeliest. */
function splitByCatalogue(combined: string, edition: EditionFacts): CodeNameSplit | undefined {
  const [likeliest] = splitCodeAndName(combined)
  if (likeliest === undefined || edition.byCode.has(likeliest.code)) return likeliest
  const isListed = ({ code, name }: CodeNameSplit) => {
    const entry = edition.byCode.get(code)
    return entry !== undefined && entriesNamed(name, edition).includes(entry)
  }
  return shorterCodes(likeliest).find(isListed) ?? likeliest
}

function printedParts(query: MatchQuery, edition: EditionFacts): CodeAndName {
  const combined = query.combined?.[0]?.text
  const split = combined === undefined ? undefined : splitByCatalogue(combined, edition)
  const code = query.code?.[0]?.text.replaceAll(/\s/g, '') ?? split?.code ?? ''
  const name =
    query.name?.[0]?.text.trim() ?? (combined === undefined ? '' : nameAsPrinted(combined, split?.name ?? ''))
  return {
    code: code === '' ? null : halfWidthCode(code).replaceAll(/^[[【〔(（]|[\]】〕)）]$/g, ''),
    name: name === '' ? null : name,
  }
}

/** Splitting folds widths and brackets; the page's own spelling of the name is cut from the raw text instead. */
function nameAsPrinted(raw: string, foldedName: string): string {
  if (foldedName === '') return ''
  const compact = raw.replaceAll(/\s*\n\s*/g, '').trim()
  for (let from = 0; from < compact.length; from += 1) {
    const rest = compact.slice(from)
    if (foldText(rest) === foldedName) return rest.trim()
    if (foldText(compact.slice(0, from + 1)) === foldedName) return compact.slice(0, from + 1)
  }
  return foldedName
}

function entriesNamed(name: string, { byName }: EditionFacts): readonly CatalogueEntry[] {
  const folded = foldText(name)
  return byName.get(folded) ?? byName.get(withoutRemark(folded)) ?? []
}

function sharesMost(printed: string, listed: string): boolean {
  const common = commonLength(printed, listed)
  return common >= 2 && common / Math.min(printed.length, listed.length) >= OWN_WORDING_SHARE
}

function nearest(
  byCode: CatalogueEntry | null,
  named: readonly CatalogueEntry[],
  printed: CodeAndName,
  edition: EditionFacts,
): readonly MatchCandidate[] {
  const entries = new Set([...(byCode === null ? [] : [byCode]), ...named])
  if (entries.size === 0 && printed.name !== null) {
    for (const number of edition.searchNames(foldText(printed.name), NEAREST)) {
      const entry = edition.catalogue.entries[number]
      if (entry !== undefined) entries.add(entry)
    }
  }
  return [...entries].slice(0, NEAREST).map((entry) => ({
    entry,
    probability: entry === byCode && named.includes(entry) ? 1 : 0,
    evidence: entry === byCode ? 'has this code' : named.includes(entry) ? 'has this name' : 'has a similar name',
  }))
}
