import type { Catalogue, CatalogueEntry } from '../../model/catalogue.ts'
import type { GlyphCosts } from './glyph-costs.ts'

/**
 * Mends the name of the place that a body's name begins with; gives the name back where nothing is to be mended.
 * `canBe` tells whether the pixels can show a name.
 */
export type MendPlace = (bodyName: string, canBe?: (bodyName: string) => boolean) => string

/** In a name of so many characters one odd character leaves no doubt, whatever it looks like. */
const LONG_NAME = 4
/** A name of two characters that loses one says nothing any more. */
const SHORTEST_TO_LOSE = 3

/**
 * Mends places after a list of divisions (codes of province, city, county; `parent` is a code): 阳泉市孟县人民法院 →
 * 阳泉市盂县人民法院, when one division under the same parent differs by a look-alike, and no division is as read. Below
 * a city a lost character is given back, too (张家口市鹿县 → 张家口市涿鹿县).
 */
export function createPlaceMender(divisions: readonly Catalogue[], costs: GlyphCosts): MendPlace {
  const { upper, below } = divisionTree(divisions)

  function mend(before: string, text: string, candidates: readonly CatalogueEntry[], canBe: CanBe): string {
    const goOn = (place: CatalogueEntry, rest: string) =>
      place.name + mend(before + place.name, rest, below(place), canBe)
    const place = longestStart(text, candidates)
    if (place !== undefined) return goOn(place, text.slice(place.name.length))
    const alike = onlyOne(candidates.filter(({ name }) => isAlike(text.slice(0, name.length), name, costs)))
    if (alike !== null) return goOn(alike, text.slice(alike.name.length))
    const isShown = ({ name }: CatalogueEntry) =>
      text[name.length - 1] === name.at(-1) && canBe(before + name + text.slice(name.length))
    const shown = onlyOne(candidates.filter(isShown))
    if (shown !== null) return goOn(shown, text.slice(shown.name.length))
    const shortened = onlyOne(candidates.filter((entry) => entry.level > 2 && beginsShortened(text, entry.name)))
    return shortened === null ? text : goOn(shortened, text.slice(shortened.name.length - 1))
  }

  return (bodyName, canBe = () => false) => mend('', bodyName, upper, canBe)
}

/** The divisions of the country as a tree: those a name can begin with, and those of the next level below one. */
function divisionTree(divisions: readonly Catalogue[]): DivisionTree {
  const entries = divisions.flatMap((catalogue) => catalogue.entries).filter(({ level }) => level <= 3)
  const children = new Map<string, CatalogueEntry[]>()
  for (const entry of entries) children.set(entry.parent, [...(children.get(entry.parent) ?? []), entry])
  return {
    upper: entries.filter(({ level }) => level <= 2),
    // A 市辖区 that stands in between is never printed.
    below: ({ code }) =>
      (children.get(code) ?? []).flatMap((entry) =>
        /^(?:市辖区|县|省直辖)/.test(entry.name) ? (children.get(entry.code) ?? []) : [entry],
      ),
  }
}

interface DivisionTree {
  readonly upper: readonly CatalogueEntry[]
  below(entry: CatalogueEntry): readonly CatalogueEntry[]
}

function longestStart(text: string, candidates: readonly CatalogueEntry[]): CatalogueEntry | undefined {
  return candidates.filter(({ name }) => text.startsWith(name)).toSorted((a, b) => b.name.length - a.name.length)[0]
}

/** The part of a body's name that spells divisions of the country, one below the other; '' where it begins with none. */
export type PlaceOfBody = (bodyName: string) => string

/** Finds places by a list of divisions (codes of province, city, county; `parent` is a code). */
export function createPlaceOfBody(divisions: readonly Catalogue[]): PlaceOfBody {
  const { upper, below } = divisionTree(divisions)
  const spell = (text: string, candidates: readonly CatalogueEntry[]): string => {
    const place = longestStart(text, candidates)
    return place === undefined ? '' : place.name + spell(text.slice(place.name.length), below(place))
  }
  return (bodyName) => spell(bodyName, upper)
}

/** What a body's name would be with a division in the place of one that no list has; empty where its place is sound. */
export type NearPlaces = (bodyName: string) => readonly string[]

/** Zones that are no divisions, and are called like some that are. */
const ZONE = /^(?:高新|经开|开发|示范|度假|保税|管理|风景|旅游|工业|产业|新城|老城|城)[区园]|^[新城园郊]区/
const SHORTEST_NEAR = 3

/**
 * Finds names of places that are no division anywhere in the country, but all but one character one below the division
 * that stands before them (阜阳市颖上县, where there is a 颍上县). They propose and never decide: readers can hold a rare
 * character for a common one with certainty.
 */
export function createNearPlaces(divisions: readonly Catalogue[]): NearPlaces {
  const { upper, below } = divisionTree(divisions)
  const names = new Set(divisions.flatMap((catalogue) => catalogue.entries.map(({ name }) => name)))
  const find = (before: string, text: string, candidates: readonly CatalogueEntry[]): readonly string[] => {
    const place = longestStart(text, candidates)
    if (place !== undefined) return find(before + place.name, text.slice(place.name.length), below(place))
    if (before === '' || ZONE.test(text)) return []
    return candidates
      .filter(({ name }) => {
        const read = text.slice(0, name.length)
        const isWhole = name.length >= SHORTEST_NEAR && read.at(-1) === name.at(-1) && !names.has(read)
        return isWhole && [...name].filter((glyph, at) => glyph !== read[at]).length === 1
      })
      .map(({ name }) => before + name + text.slice(name.length))
  }
  return (bodyName) => find('', bodyName, upper)
}

type CanBe = (bodyName: string) => boolean

function onlyOne(entries: readonly CatalogueEntry[]): CatalogueEntry | null {
  const [only] = entries
  return only !== undefined && new Set(entries.map(({ name }) => name)).size === 1 ? only : null
}

/** Whether a text begins with a division's name that has lost one character before its last, 县 or 区. */
function beginsShortened(text: string, name: string): boolean {
  if (name.length < SHORTEST_TO_LOSE) return false
  const read = text.slice(0, name.length - 1)
  return [...name.slice(0, -1)].some((_, at) => name.slice(0, at) + name.slice(at + 1) === read)
}

/** Whether a text can be a misreading of a division's name: its last character, 市 or 县, stands, the rest looks alike. */
function isAlike(read: string, name: string, costs: GlyphCosts): boolean {
  if (read.length !== name.length || read.at(-1) !== name.at(-1)) return false
  const different = [...name].map((_, at) => at).filter((at) => read[at] !== name[at])
  if (different.length === 1 && name.length >= LONG_NAME) return true
  const isConfusable = (at: number) => costs.pairsOf(read.charCodeAt(at))?.has(name.charCodeAt(at)) ?? false
  return different.length * 2 <= name.length && different.every(isConfusable)
}
