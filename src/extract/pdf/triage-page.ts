import { boxHeight, boxWidth, centreIsInside } from '../../model/bounding-box.ts'
import type { PageKind } from '../../model/page.ts'
import type { PdfPage, PdfWord, PlacedImage } from './pdf-page.ts'

/** What a page is, and why, in words for a person. */
export interface PageTriage {
  readonly kind: PageKind
  readonly reason: string
  /** True of an untrusted layer without a picture under it: it is all that there is to read. */
  readonly isLayerAlone: boolean
}

type Judged = Omit<PageTriage, 'isLayerAlone'>

/** From this share of the page on, pictures are the page. */
const FULL_PAGE = 0.6
/** Fewer characters than this are a page number or a stamp, not the text of a page. */
const FEW_CHARACTERS = 40
/** A picture of a table is at least this wide and high, as shares of the page, and this many pixels wide. */
const TABLE_PICTURE = { width: 0.35, height: 0.08, widthPx: 300 }
/** Shapes like glyphs, and how many a visible character explains (a logo, an ornament). */
const MANY_OUTLINES = 60
const OUTLINES_PER_CHARACTER = 3
/** The share of glyphs without a known character from which on a font cannot be trusted. */
const NAMELESS_SHARE = 0.1
/** The same, of the glyphs that are no figures: figures have a font of their own, which says nothing of that of the words. */
const NAMELESS_OF_WORDS = 0.2
/** The share of slanted text from which on a layer was not typeset with its page. */
const SLANTED_SHARE = 0.3

/** Without a picture to read instead, so many garbled words, and such a share of those with digits, make a layer untrusted. */
const FEWEST_GARBLED = 4
const GARBLED_SHARE = 0.05

const NAMELESS = /[\ufffd\ue000-\uf8ff]/g
/**
 * Characters that no Chinese text has beside its own: letters of other alphabets' Latin and braces. A font whose glyphs
 * were renamed in making the file (Ð、政府性基金 stands for 二、政府性基金) is full of them.
 */
const MISNAMED = /(?<![\p{Script=Latin}])[\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f{}](?![\p{Script=Latin}])/u
/** So is one letter or stroke alone between Han characters (国有资p经营); by itself it may be meant. */
const ODD = /(?<=\p{Script=Han})[a-z|](?=\p{Script=Han})/u
const BESIDE_HAN = /[\p{Script=Han}、，。：；（）]/u
const MISNAMED_ALONE = 2
const MISNAMED_WITH_ODD = 3

/** Characters of words. */
const OF_WORDS = /\p{L}/gu
/** A code in brackets with something else than letters, digits and points in it: `[A田010105）`. */
const MALFORMED_CODE = /[[【][A-C][A-Z\d]*[^\sA-Z\d.\]】）)][^\s\]】]*\d/
/** A Han character inside a number that is no unit of counting or of time: `2回00`. */
const HAN_IN_NUMBER =
  /\d(?![年月日号时分秒个项人次家台套件条款类万亿千百十元角至到和及或加减乘除点比第以])[\u4e00-\u9fff]\d/

/** Decides whether a page's text can be trusted and whether its pixels must be read. */
export function triagePage(page: PdfPage): PageTriage {
  const visible = page.words.filter((word) => !word.invisible)
  const isWithoutPicture = page.images.length === 0 && page.outlineCount < MANY_OUTLINES
  const judged = judgePage(page)
  // A font without an encoding is read from its rendering; a layer that nobody painted, or painted wrong, cannot be.
  const isLayerAlone = judged.kind === 'untrusted-text' && isWithoutPicture && doubtOf(visible) === null
  return { ...judged, isLayerAlone }
}

function judgePage(page: PdfPage): Judged {
  const visible = page.words.filter((word) => !word.invisible)
  const invisible = page.words.filter((word) => word.invisible)
  const [seen, unseen] = [countCharacters(visible), countCharacters(invisible)]
  const coverage = `pictures cover ${Math.round(page.imageCoverage * 100)} % of the page`

  if (page.outlineCount >= MANY_OUTLINES && page.outlineCount > OUTLINES_PER_CHARACTER * seen && seen < 400) {
    return { kind: 'scan', reason: `the text is drawn as outlines (${page.outlineCount} shapes, ${seen} characters)` }
  }
  if (seen === 0 && unseen === 0) return withoutText(page, coverage)
  const doubt = doubtOf(visible)
  if (doubt !== null) return { kind: 'untrusted-text', reason: doubt }
  if (page.imageCoverage >= FULL_PAGE) return overPictures(page, visible, seen, unseen, coverage)
  if (seen === 0) {
    return { kind: 'untrusted-text', reason: `all ${unseen} characters of the text layer are invisible; ${coverage}` }
  }
  return besidePictures(page, visible, invisible)
}

function withoutText(page: PdfPage, coverage: string): Judged {
  if (page.images.length > 0 && page.imageCoverage > 0.01) {
    return { kind: 'scan', reason: `there is no text layer and ${coverage}` }
  }
  if (page.rulings.length > 0 || page.outlineCount > 0 || page.images.length > 0) {
    return { kind: 'blank', reason: 'there is no text, only lines or ornament' }
  }
  return { kind: 'blank', reason: 'there is nothing on the page' }
}

/** Pictures are most of the page: a scan under a text layer, or a background under typeset text. */
function overPictures(
  page: PdfPage,
  visible: readonly PdfWord[],
  seen: number,
  unseen: number,
  coverage: string,
): Judged {
  if (unseen > seen || (unseen >= FEW_CHARACTERS && seen < FEW_CHARACTERS)) {
    return { kind: 'untrusted-text', reason: `${unseen} characters are invisible and ${coverage}` }
  }
  const garbled = garbledWords(visible)
  if (garbled.length >= 2) {
    return { kind: 'untrusted-text', reason: `${coverage} and the text is garbled: ${garbled.slice(0, 3).join(', ')}` }
  }
  if (seen < FEW_CHARACTERS) {
    return { kind: 'scan', reason: `${coverage} and only ${seen} characters of text stand on it` }
  }
  const slanted = countCharacters(visible.filter((word) => word.angle % 90 !== 0))
  if (slanted > SLANTED_SHARE * seen) {
    return { kind: 'untrusted-text', reason: `${coverage} and the text is not aligned with the page` }
  }
  const picture = page.images.find((image) => isTablePicture(image, page) && !isBackground(image, visible))
  if (picture !== undefined) return mixed(picture, seen)
  return { kind: 'text', reason: `${seen} visible characters stand over a background picture` }
}

function besidePictures(page: PdfPage, visible: readonly PdfWord[], invisible: readonly PdfWord[]): Judged {
  const seen = countCharacters(visible)
  const picture = page.images.find((image) => isTablePicture(image, page) && !isBackground(image, visible))
  if (picture === undefined) return withoutPicture(visible, seen)
  const hidden = countCharacters(invisible.filter((word) => centreIsInside(word.bbox, picture.bbox)))
  if (seen < FEW_CHARACTERS && page.imageCoverage > 0.3) {
    const kind = hidden > 0 ? 'untrusted-text' : 'scan'
    return { kind, reason: `a picture is the page's content beside only ${seen} characters of text` }
  }
  return mixed(picture, seen)
}

/** A layer that somebody's recogniser left can outlive its picture: a page of nothing but garbled words. */
function withoutPicture(visible: readonly PdfWord[], seen: number): Judged {
  const garbled = garbledWords(visible)
  const withDigits = visible.filter(({ text }) => /\d/.test(text)).length
  if (garbled.length < FEWEST_GARBLED || garbled.length < GARBLED_SHARE * withDigits)
    return { kind: 'text', reason: `${seen} visible characters in a trusted text layer` }
  const examples = garbled.slice(0, 3).join(', ')
  return { kind: 'untrusted-text', reason: `the text is garbled (${examples}) and no picture lies under it` }
}

function mixed(picture: PlacedImage, seen: number): Judged {
  const size = `${picture.widthPx} x ${picture.heightPx} px`
  return { kind: 'mixed', reason: `${seen} visible characters beside a picture that may hold a table (${size})` }
}

function isTablePicture(image: PlacedImage, page: PdfPage): boolean {
  const isWide = boxWidth(image.bbox) >= TABLE_PICTURE.width * page.width
  const isHigh = boxHeight(image.bbox) >= TABLE_PICTURE.height * page.height
  return isWide && isHigh && image.widthPx >= TABLE_PICTURE.widthPx
}

/** Typeset text over a picture makes it a background. */
function isBackground(image: PlacedImage, visible: readonly PdfWord[]): boolean {
  return countCharacters(visible.filter((word) => centreIsInside(word.bbox, image.bbox))) >= FEW_CHARACTERS / 4
}

function countCharacters(words: readonly PdfWord[]): number {
  return words.reduce((sum, word) => sum + word.text.length, 0)
}

/** Why visible text is not what is printed, whatever lies under it; null where nothing speaks against it. */
function doubtOf(visible: readonly PdfWord[]): string | null {
  const seen = countCharacters(visible)
  const nameless = visible.reduce((sum, word) => sum + (word.text.match(NAMELESS)?.length ?? 0), 0)
  const named = visible.reduce((sum, word) => sum + (word.text.match(OF_WORDS)?.length ?? 0), 0)
  if (nameless > 4 && (nameless > NAMELESS_SHARE * seen || nameless > NAMELESS_OF_WORDS * (nameless + named))) {
    return `${nameless} of ${seen} glyphs have no character in their font's encoding`
  }
  const misnamed = visible.flatMap(({ text }) => misnamedIn(text))
  const odd = visible.flatMap(({ text }) => text.match(new RegExp(ODD, 'gu')) ?? [])
  const isRenamed =
    misnamed.length >= MISNAMED_ALONE || (misnamed.length > 0 && misnamed.length + odd.length >= MISNAMED_WITH_ODD)
  return isRenamed ? `glyphs have other characters' names in their font's encoding: ${examplesOf(misnamed)}` : null
}

/** Each with the character beside it. */
function misnamedIn(text: string): readonly string[] {
  return Array.from(text.matchAll(new RegExp(MISNAMED, 'gu')), ({ index }) =>
    text.slice(Math.max(0, index - 1), index + 2),
  ).filter((around) => BESIDE_HAN.test(around))
}

function examplesOf(texts: readonly string[]): string {
  return [...new Set(texts)].slice(0, 3).join(', ')
}

function garbledWords(words: readonly PdfWord[]): string[] {
  return words.map((word) => word.text).filter((text) => MALFORMED_CODE.test(text) || HAN_IN_NUMBER.test(text))
}
