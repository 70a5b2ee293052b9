/** A heading without spaces, punctuation, its unit in brackets and a leading "of which". */
export function foldHeader(text: string): string {
  const known = folded.get(text)
  if (known !== undefined) return known
  // The same headings and labels come back table after table; a document of nothing but texts must not grow the memory.
  if (folded.size >= MOST_FOLDED) folded.clear()
  const header = fold(text)
  if (text.length <= LONGEST_KEPT) folded.set(text, header)
  return header
}

/** Texts whose folding is kept, and how long they may be. */
const MOST_FOLDED = 5000
const LONGEST_KEPT = 60
const folded = new Map<string, string>()

/** How a column is to be filled in, in brackets: it says nothing of what the column holds. */
const REMARK_FOR_CLERKS =
  /\((?:最?[末底]级|必填|选填|可不填|可?多选|单选|下拉.{0,4}|(?:不?含|包含)税|全称|简称|如有|若有|如无则不填|[请须应]?按.{1,8}填[写列报]?|填[写列报].{0,8}|参[考照].{0,8}|公章|盖章)\)/g

function fold(text: string): string {
  return text
    .normalize('NFKC')
    .replaceAll(/\s/g, '')
    .replaceAll(/[([{〈<《【〔｛](?:单位[:;]?)?(?:人民币)?[亿百万千]*元.?/g, '')
    .replaceAll(REMARK_FOR_CLERKS, '')
    .replaceAll(/[^\p{L}\p{N}%]/gu, '')
    .replace(/^其中(?=..)/, '')
    .replace(/^20\d\d年度?(?=..)/, '')
}

/** Whether a text is what headings over columns of figures say (预算数, 2024年金额, 小计): words, and no figure. */
export function isHeadingOfFigures(text: string): boolean {
  return /^(?:\p{Script=Han}{0,10}(?:预算|决算|执行)数?|\p{Script=Han}{0,10}金额|小计|合计)$/u.test(fold(text))
}

/** Number of single-character edits (insert, delete, replace) between two short texts. */
export function editDistance(a: string, b: string): number {
  const from = [...a]
  const to = [...b]
  let previous = to.map((_, index) => index + 1)
  previous.unshift(0)
  for (const [row, character] of from.entries()) {
    const current = [row + 1]
    for (const [column, other] of to.entries()) {
      const replaced = (previous[column] ?? 0) + (character === other ? 0 : 1)
      current.push(Math.min(replaced, (previous[column + 1] ?? 0) + 1, (current[column] ?? 0) + 1))
    }
    previous = current
  }
  return previous[to.length] ?? 0
}

/** How alike two whole words are, 0 to 1: one minus the edits over the longer length. */
export function wordSimilarity(a: string, b: string): number {
  const longer = Math.max([...a].length, [...b].length)
  return longer === 0 ? 1 : 1 - editDistance(a, b) / longer
}

const ENDS_WITH_SIMILARITY = 0.85
const LEAST_ALIKE = 0.5

function mostAlike(a: string, b: string): number {
  const longer = Math.max(a.length, b.length)
  return longer === 0 ? 1 : Math.min(a.length, b.length) / longer
}

/**
 * How well a folded heading names what `synonym` names, 0 to 1. "是否…" asks a question and "…比例" is a share, so they
 * never stand for the plain word; a longer heading that ends with the synonym does.
 */
export function headerSimilarity(heading: string, synonym: string): number {
  if (heading === synonym) return 1
  const known = compared.get(heading) ?? new Map<string, number>()
  const before = known.get(synonym)
  if (before !== undefined) return before
  // The same headings come back table after table; a document of nothing but headings must not grow the memory.
  if (!compared.has(heading) && compared.size >= MOST_COMPARED) compared.clear()
  compared.set(heading, known)
  const similarity = compareHeader(heading, synonym)
  known.set(synonym, similarity)
  return similarity
}

/** How well a folded heading names what the synonyms of one list name, 0 to 1; kept for every list, since tables repeat their headings. */
export function bestHeaderSimilarity(heading: string, synonyms: readonly string[]): number {
  const known = bestKnown.get(synonyms) ?? new Map<string, number>()
  const before = known.get(heading)
  if (before !== undefined) return before
  if (known.size >= MOST_COMPARED) known.clear()
  bestKnown.set(synonyms, known)
  let best = 0
  for (const synonym of synonyms) best = Math.max(best, headerSimilarity(heading, synonym))
  known.set(heading, best)
  return best
}

const bestKnown = new WeakMap<readonly string[], Map<string, number>>()

/** Headings whose comparisons are kept. */
const MOST_COMPARED = 2000
const compared = new Map<string, Map<string, number>>()

function compareHeader(heading: string, synonym: string): number {
  if (heading.startsWith('是否') !== synonym.startsWith('是否')) return 0
  if (/(?:比例|占比|%|比重)$/.test(heading) !== /(?:比例|占比|%|比重)$/.test(synonym)) return 0
  // Texts of very different lengths cannot be alike: no need to count the edits.
  const alike = mostAlike(heading, synonym) < LEAST_ALIKE ? 0 : wordSimilarity(heading, synonym)
  const isTail = [...synonym].length >= 2 && heading.endsWith(synonym) && [...heading].length <= synonym.length + 8
  return isTail ? Math.max(alike, ENDS_WITH_SIMILARITY) : alike
}
