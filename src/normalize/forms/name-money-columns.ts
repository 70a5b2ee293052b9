import type { BudgetForm } from './budget-form.ts'
import { bestHeaderSimilarity } from './header-text.ts'

/** Heading texts of one money column, from the top level down to the leaf; each level a list of what readers saw. */
export type HeadingLevels = readonly (readonly string[])[]

/** The field that a money column fills, and how well its heading says so (0 to 1). `isKnown` is false for other_1, other_2 … */
export interface NamedColumn {
  readonly field: string
  readonly similarity: number
  readonly isKnown: boolean
}

interface Concept {
  readonly kind: 'measure' | 'period' | 'sum'
  readonly name: string
  readonly similarity: number
}

interface Parts {
  readonly base: string | null
  readonly period: string | null
  readonly isCarriedOver: boolean
  readonly similarity: number
  readonly isKnown: boolean
}

/** Periods that say no more than "as planned now" or "as spent now" unless two of them stand side by side. */
const CURRENT_PERIODS = ['budget', 'adjusted_budget', 'final']
const UNKNOWN: Parts = {
  base: null,
  period: null,
  isCarriedOver: false,
  similarity: 0,
  isKnown: false,
}

/**
 * Puts the field of each money column together from what its heading's levels say: a measure (基本支出), a period (上年),
 * or only that it is a sum. `subject` is the measure that the whole table is about: its sum is the total. A heading that
 * says nothing known is other_1, other_2 …, so that no column is lost. `hasPeriods`: this block or another
 * tells of several stages of its year.
 */
export function nameMoneyColumns(
  headings: readonly HeadingLevels[],
  form: BudgetForm,
  subject: string,
  least: number,
  hasPeriods: boolean,
): readonly NamedColumn[] {
  const read = headings.map((levels) => readLevels(levels, form, least))
  const parts = hasPeriods ? read : withoutLonePeriods(read)
  const hasTotal = parts.some(({ base, period, isKnown }) => isKnown && base === null && period === null)
  const used = new Set<string>()
  let unknown = 0
  return parts.map((part): NamedColumn => {
    const base = part.base === subject && !hasTotal ? null : part.base
    const field = fieldOf({ ...part, base })
    if (part.isKnown && !used.has(field)) {
      used.add(field)
      return { field, similarity: part.similarity, isKnown: true }
    }
    unknown += 1
    return { field: `other_${unknown}`, similarity: 0, isKnown: false }
  })
}

function fieldOf({ base, period, isCarriedOver }: Parts): string {
  const measure = isCarriedOver ? `carryover_${base ?? 'total'}` : (base ?? 'total')
  if (period === null) return measure
  return measure === 'total' ? period : `${period}_${measure}`
}

/** Whether columns tell of several stages of one year (预算数, 决算数). */
export function haveSeveralPeriods(headings: readonly HeadingLevels[], form: BudgetForm, least: number): boolean {
  return currentPeriods(headings.map((levels) => readLevels(levels, form, least))).size > 1
}

function currentPeriods(columns: readonly Parts[]): ReadonlySet<string> {
  return new Set(columns.flatMap(({ period }) => (period !== null && CURRENT_PERIODS.includes(period) ? [period] : [])))
}

function withoutLonePeriods(columns: readonly Parts[]): readonly Parts[] {
  const current = currentPeriods(columns)
  if (current.size > 1) return columns
  return columns.map((column) =>
    column.period !== null && current.has(column.period) ? { ...column, period: null } : column,
  )
}

function readLevels(levels: HeadingLevels, form: BudgetForm, least: number): Parts {
  const filled = levels.filter((texts) => texts.length > 0)
  if (filled.some((texts) => isLostYear(texts, form))) return UNKNOWN
  let parts: Parts = UNKNOWN
  for (const [depth, texts] of filled.toReversed().entries()) {
    const concept = conceptOf(texts, form, least)
    if (depth === 0 && concept === null) return UNKNOWN
    if (concept === null) continue
    parts = withConcept(parts, concept, depth === 0)
  }
  return parts
}

const LOST_YEAR = /^[^上去今本当前全历往次明跨学一二三四五六七八九十两\d]年(?![初末终])/u

/** Whether no reader saw which year a heading is of (p年支出): it is as like 本年 as 上年, and money of another year is no likeness. */
function isLostYear(texts: readonly string[], { measures, periods, sums }: BudgetForm): boolean {
  const listed = [...measures, ...periods].some(({ headers }) => texts.some((text) => headers.includes(text)))
  return texts.every((text) => LOST_YEAR.test(text)) && !listed && !texts.some((text) => sums.includes(text))
}

function withConcept(parts: Parts, concept: Concept, isLeaf: boolean): Parts {
  const similarity = isLeaf ? concept.similarity : Math.min(parts.similarity, concept.similarity)
  if (concept.kind === 'sum') return isLeaf ? { ...parts, isKnown: true, similarity } : parts
  if (concept.kind === 'period') {
    return parts.period === null ? { ...parts, period: concept.name, isKnown: true, similarity } : parts
  }
  const name = concept.name === 'total' ? null : concept.name
  if (parts.base === null) return { ...parts, base: name, isKnown: true, similarity }
  if (name === 'carryover' && parts.base !== 'carryover') return { ...parts, isCarriedOver: true, similarity }
  return parts
}

function conceptOf(texts: readonly string[], form: BudgetForm, least: number): Concept | null {
  let best: Concept | null = null
  const offer = (kind: Concept['kind'], name: string, headers: readonly string[]) => {
    for (const text of texts) {
      const similarity = bestHeaderSimilarity(text, headers)
      if (similarity >= least && similarity > (best?.similarity ?? 0)) best = { kind, name, similarity }
    }
  }
  for (const { period, headers } of form.periods) offer('period', period, headers)
  for (const { field, headers } of form.measures) offer('measure', field, headers)
  offer('sum', 'sum', form.sums)
  if (isExact(best)) return best
  const compared = conceptOfComparison(texts, form, least)
  if (compared !== null) return compared
  return bareConcept(texts, form) ?? best ?? conceptOfSpent(texts, form, least)
}

/** What is held against what before the words that say how it changed. */
const COMPARED = /^.{0,14}[比较与](?:上年|去年|上一年|20\d\d年).{0,8}?(?=[增减升降变])/

/** How one year changed against another, whatever of them is compared (本年预算数比上年执行数增减%). */
function conceptOfComparison(texts: readonly string[], form: BudgetForm, least: number): Concept | null {
  const changes = texts.filter((text) => COMPARED.test(text)).map((text) => text.replace(COMPARED, ''))
  const concept = changes.length === 0 ? null : conceptOf(changes, form, least)
  return isExact(concept) ? concept : null
}

/** Out of which money comes first in a heading, and what it is for behind it (一般公共预算拨款安排的三公经费预算). */
function conceptOfSpent(texts: readonly string[], form: BudgetForm, least: number): Concept | null {
  const spent = texts.map((text) => text.replace(/^.{2,16}安排的(?=..)/, ''))
  return spent.some((text, index) => text !== texts[index]) ? conceptOf(spent, form, least) : null
}

function isExact(concept: Concept | null): boolean {
  return concept?.similarity === 1
}

/** A listed heading with other words that say nothing: less sure than the heading itself, surer than a likeness. */
const BARE_SIMILARITY = 0.95
const SHORTEST_BARE = 2
const bareHeadings = new WeakMap<BudgetForm, ReadonlyMap<string, Concept>>()

/** What a heading names when the words that change nothing are left out of it and of the listed ones (上年结转安排). */
function bareConcept(texts: readonly string[], form: BudgetForm): Concept | null {
  const known = bareHeadings.get(form) ?? listBareHeadings(form)
  bareHeadings.set(form, known)
  for (const text of texts) {
    const concept = known.get(withoutFillers(text, form))
    if (concept !== undefined) return concept
  }
  return null
}

function listBareHeadings(form: BudgetForm): ReadonlyMap<string, Concept> {
  const listed = [
    ...form.periods.map(({ period, headers }) => ({ kind: 'period' as const, name: period, headers })),
    ...form.measures.map(({ field, headers }) => ({ kind: 'measure' as const, name: field, headers })),
  ]
  const known = new Map<string, Concept>()
  const learn = (bareOf: (header: string) => string) => {
    for (const { kind, name, headers } of listed) {
      for (const header of headers) {
        const bare = bareOf(header)
        const isNew = bare.length >= SHORTEST_BARE && !known.has(bare)
        if (isNew) known.set(bare, { kind, name, similarity: BARE_SIMILARITY })
      }
    }
  }
  // What a heading says by itself comes before what is left of a longer one (基本支出合计 is a total).
  learn((header) => header)
  learn((header) => withoutFillers(header, form))
  return known
}

function withoutFillers(text: string, { fillers }: BudgetForm): string {
  return fillers.reduce((bare, filler) => bare.replaceAll(filler, ''), text)
}
