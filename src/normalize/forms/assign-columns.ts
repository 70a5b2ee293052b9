import type { PlainContent } from './fits-content.ts'
import type { Form, FormColumn } from './form.ts'
import { guessColumns } from './guess-columns.ts'
import { bestHeaderSimilarity, foldHeader } from './header-text.ts'
import { type PathTexts, pathTexts } from './path-texts.ts'
import { proveHeadings } from './prove-headings.ts'
import { findBareCodes, findPlainColumns, rescueColumns } from './rescue-columns.ts'

/** Part of a coded column that one page column holds. */
export type ColumnPart = 'whole' | 'code' | 'name' | 'class' | 'group' | 'item'

/** The header of one page column: texts from the top row down to the leaf; each a list of what readers saw. */
export type HeaderPath = readonly (readonly string[])[]

/** What a page column is. `role` is a form column, or a source of funds, or nothing that gives a field. */
export interface ColumnAssignment {
  readonly columnIndex: number
  readonly role: 'field' | 'fund' | 'ignored'
  readonly column: FormColumn | null
  readonly part: ColumnPart
  readonly headerText: string
  /** Of a column that stands for a source of funds: the field that its heading fills. */
  readonly fundField: 'fund_source' | 'fund_nature' | null
  readonly similarity: number
  /** Whether the form lists the heading letter by letter. */
  readonly isExact: boolean
}

interface Bid extends ColumnAssignment {
  /** Whether the form lists this very heading. */
  readonly isListed: boolean
}

const WEAK_HEADER_FACTOR = 0.86
/** A heading like 编码 or 合计 under another says little without it. */
const BARE_LEAF_FACTOR = 0.8
const UNDER_PARENT_FACTOR = 0.95
/** A heading of money under 资金来源 that no list has. */
const UNDER_FUNDS = 0.8
const CODE_LEAVES = ['编码', '代码', '科目编码', '科目代码', '编号']
const NAME_LEAVES = ['名称', '科目名称']
const MONEY_LEAVES = ['合计', '小计', '金额', '总计', '预算数', '预算金额', '采购金额', '预留金额']
/** Parts of a code that have a column each. A map: what a page prints may be called like what every object has. */
export const SPLIT_CODE_PARTS: ReadonlyMap<string, ColumnPart> = new Map([
  ['类', 'class'],
  ['款', 'group'],
  ['项', 'item'],
])
/** Below this a heading says nothing; damaged headings of scans still share half of their glyphs. */
const LEAST_SIMILARITY = 0.5

/** What the cells of a page column, and its heading, look like. */
export interface ColumnContent {
  /** Whether its cells can be what the form column holds. */
  fits(columnIndex: number, column: FormColumn): boolean
  /** Whether its cells plainly are codes of items, alone or with their names. */
  holdsItems(columnIndex: number, part: 'code' | 'whole'): boolean
  /** Whether its cells plainly are sums of money, with a total. */
  holdsSums(columnIndex: number): boolean
  /** Whether its cells plainly are units of measure, numbers, words that can be names, answers, or codes of digits. */
  holdsPlain(columnIndex: number, what: PlainContent): boolean
  /** Whether its heading is damaged beyond reading. */
  isDamaged(columnIndex: number): boolean
}

/**
 * Gives each page column at most one meaning, the surest first. `least` is the similarity that a heading must reach
 * (0 to 1); a heading that the form lists exactly is never taken for another.
 */
export function assignColumns(
  paths: readonly HeaderPath[],
  form: Form,
  content: ColumnContent,
  least = LEAST_SIMILARITY,
): readonly ColumnAssignment[] {
  const bids = paths
    .flatMap((path, columnIndex) => bidsFor(path, columnIndex, form))
    .filter((bid) => bid.similarity >= least)
    .filter((bid) => fits(bid, form, content))
  bids.sort(
    (a, b) => b.similarity - a.similarity || Number(isOnlyHope(b, bids, form)) - Number(isOnlyHope(a, bids, form)),
  )
  const taken = new Map<number, ColumnAssignment>()
  const used = new Set<string>()
  for (const { isListed, ...assignment } of bids) {
    if (taken.has(assignment.columnIndex) || collides(assignment, used)) continue
    taken.set(assignment.columnIndex, assignment)
    if (assignment.column !== null) used.add(`${assignment.column.column}/${assignment.part}`)
  }
  const headed = { paths, form, content, taken }
  for (const rescued of rescueColumns(headed, used)) taken.set(rescued.columnIndex, rescued)
  for (const bare of findBareCodes(headed)) taken.set(bare.columnIndex, bare)
  for (const plain of findPlainColumns(headed)) taken.set(plain.columnIndex, plain)
  for (const guessed of guessColumns(headed)) taken.set(guessed.columnIndex, guessed)
  const inOrder = [...taken.values()].sort((a, b) => a.columnIndex - b.columnIndex)
  return mergeFundParts(proveHeadings(inOrder, content), paths)
}

/** Of two equal meanings the one without which there is no such table: 采购项目 is the item where no other column may be. */
function isOnlyHope({ column, columnIndex, similarity }: Bid, bids: readonly Bid[], { defining }: Form): boolean {
  if (column === null || !defining.some((group) => group.includes(column.column))) return false
  return bids.every(
    (other) => other.column !== column || other.columnIndex === columnIndex || other.similarity < similarity,
  )
}

/** A heading that only its parent makes a source of funds must stand over money. */
function fits(bid: Bid, form: Form, content: ColumnContent): boolean {
  const money = form.columns.find(({ column }) => column === 'amount') ?? null
  const asked = bid.role === 'fund' && !bid.isListed ? money : bid.column
  return asked === null || content.fits(bid.columnIndex, asked)
}

/**
 * A source of funds that is printed with its sub-total and its parts (一般公共预算: 小计, 经费拨款, 非税收入) is one source:
 * its sub-total stands for it, under the parent's name.
 */
function mergeFundParts(
  assignments: readonly ColumnAssignment[],
  paths: readonly HeaderPath[],
): readonly ColumnAssignment[] {
  const parentOf = ({ columnIndex }: ColumnAssignment) => foldHeader(paths[columnIndex]?.at(-2)?.[0] ?? '')
  const isSubtotal = (each: ColumnAssignment) => each.role === 'fund' && /^(?:小计|合计)$/.test(each.headerText)
  const parents = new Set(assignments.filter(isSubtotal).map(parentOf))
  return assignments.map((each) => {
    if (each.role !== 'fund' || !parents.has(parentOf(each))) return each
    return isSubtotal(each) ? { ...each, headerText: parentOf(each) } : { ...each, role: 'ignored' }
  })
}

/** A "whole" column may turn out to hold only what the code column or the name column leaves. */
function collides(assignment: ColumnAssignment, used: ReadonlySet<string>): boolean {
  if (assignment.column === null) return false
  const name = assignment.column.column
  if (used.has(`${name}/${assignment.part}`)) return true
  if (assignment.part === 'whole') return used.has(`${name}/code`) && used.has(`${name}/name`)
  if (assignment.part === 'code') return used.has(`${name}/class`)
  return false
}

function bidsFor(path: HeaderPath, columnIndex: number, form: Form): readonly Bid[] {
  const texts = pathTexts(path)
  const fundField = (['fund_nature', 'fund_source'] as const).find((field) => isUnder(texts, form, field)) ?? null
  const bid = (role: Bid['role'], column: FormColumn | null, part: ColumnPart, found: Similarity): Bid => {
    return { columnIndex, role, column, part, headerText: texts.leaf[0] ?? '', fundField, ...found }
  }
  const bids: Bid[] = []
  for (const column of form.columns) {
    bids.push(bid('field', column, 'whole', wholeSimilarity(texts, column)))
    if (column.kind !== 'coded') continue
    bids.push(bid('field', column, 'code', partSimilarity(texts, column, column.codeHeaders ?? [], CODE_LEAVES)))
    bids.push(bid('field', column, 'name', partSimilarity(texts, column, column.nameHeaders ?? [], NAME_LEAVES)))
    const part = texts.leaf.map((text) => SPLIT_CODE_PARTS.get(text)).find((found) => found !== undefined)
    if (part !== undefined) bids.push(bid('field', column, part, underParent(texts, column)))
  }
  bids.push(bid('ignored', null, 'whole', bestSimilarity(texts, form.ignored)))
  bids.push(bid('fund', null, 'whole', fundSimilarity(texts, form)))
  // A heading that some list holds letter by letter belongs to those lists alone, however alike others are.
  return bids.some((each) => each.isListed) ? bids.filter((each) => each.isListed) : bids
}

interface Similarity {
  readonly similarity: number
  readonly isListed: boolean
  readonly isExact: boolean
}

function surer(...options: readonly Similarity[]): Similarity {
  return options.reduce((best, option) => (option.similarity > best.similarity ? option : best), NOTHING)
}

const NOTHING: Similarity = { similarity: 0, isListed: false, isExact: false }

/**
 * A sub-total under the name of a source of funds is that source; under 资金来源 or 资金性质 any other heading names one,
 * listed or not.
 */
function fundSimilarity(texts: PathTexts, form: Form): Similarity {
  const own = bestSimilarity(texts, form.fundColumns)
  const isUnderSource =
    texts.leaf.some((text) => /^(?:小计|合计)$/.test(text)) && form.fundColumns.includes(texts.parents.at(-1) ?? '')
  if (isUnderSource) return surer(own, { similarity: 1, isListed: true, isExact: true })
  const isSum = texts.leaf.some((text) => [...MONEY_LEAVES, ...NAME_LEAVES, ...CODE_LEAVES].includes(text))
  const isUnderFunds = isUnder(texts, form, 'fund_source') || isUnder(texts, form, 'fund_nature')
  return isUnderFunds && !isSum ? surer(own, { similarity: UNDER_FUNDS, isListed: false, isExact: false }) : own
}

function isUnder(texts: PathTexts, form: Form, name: string): boolean {
  const headers = form.columns.find(({ column }) => column === name)?.headers ?? []
  return texts.parents.some((text) => headers.includes(text))
}

function wholeSimilarity(texts: PathTexts, column: FormColumn): Similarity {
  const strong = bestSimilarity(texts, column.headers)
  const weak = bestSimilarity(texts, column.weakHeaders ?? [])
  const lessSure = { ...weak, similarity: weak.similarity * WEAK_HEADER_FACTOR }
  if (column.kind !== 'money' || !hasLeaf(texts, MONEY_LEAVES)) return surer(strong, lessSure)
  const parent = underParent(texts, column)
  return surer(strong, lessSure, { ...parent, similarity: parent.similarity * UNDER_PARENT_FACTOR })
}

function partSimilarity(
  texts: PathTexts,
  column: FormColumn,
  synonyms: readonly string[],
  leaves: readonly string[],
): Similarity {
  return surer(bestSimilarity(texts, synonyms), hasLeaf(texts, leaves) ? underParent(texts, column) : NOTHING)
}

/** How well the headings above the leaf name the column. */
function underParent(texts: PathTexts, column: FormColumn): Similarity {
  const lists = [column.headers, column.weakHeaders ?? [], column.codeHeaders ?? []]
  let similarity = 0
  for (const text of texts.parents) {
    for (const synonyms of lists) similarity = Math.max(similarity, bestHeaderSimilarity(text, synonyms))
  }
  return { similarity, isListed: similarity === 1, isExact: similarity === 1 }
}

function hasLeaf(texts: PathTexts, leaves: readonly string[]): boolean {
  return texts.parents.length > 0 && texts.leaf.some((text) => leaves.includes(text))
}

function bestSimilarity(texts: PathTexts, synonyms: readonly string[]): Similarity {
  const isBare = hasLeaf(texts, [...CODE_LEAVES, ...NAME_LEAVES, ...MONEY_LEAVES])
  let best = NOTHING
  for (const [list, factor] of [
    [texts.leaf, isBare ? BARE_LEAF_FACTOR : 1],
    [texts.joined, 1],
  ] as const) {
    for (const text of list) {
      const alike = bestHeaderSimilarity(text, synonyms)
      best = surer(best, { similarity: alike * factor, isListed: alike === 1 && factor === 1, isExact: alike === 1 })
    }
  }
  return best
}
