import type { Flag } from '../../model/flag.ts'
import type { FieldDraft } from '../../model/record.ts'
import type { BudgetLine } from '../forms/classify-lines.ts'
import type { CellUse } from '../forms/classify-rows.ts'
import { isTotalName, readLineName } from '../forms/line-names.ts'
import { compactText } from '../forms/table-view.ts'
import type { CodeMatch } from '../match/code-match.ts'
import { foldText } from '../match/fold-text.ts'
import { createFieldDraft, supportOf } from './create-field-draft.ts'
import { draftCodedFields, printedParts, toQuery } from './draft-coded-fields.ts'
import { codedRole, type LineCode, lineCodes } from './line-codes.ts'
import { matchCodedColumn } from './match-coded-column.ts'
import type { Matchers } from './matchers.ts'
import { cleanText } from './text-of-cell.ts'
import { bestReading } from './word-readings.ts'

/** What the lines of a table are classified by. */
export type Classification = 'function' | 'economic' | 'source' | 'none'

/** The words of one line: its fields, its code where it has one, and how deep it stands (0 for totals). */
export interface LineWords {
  readonly line: BudgetLine
  readonly fields: readonly FieldDraft[]
  readonly code: string | null
  readonly level: number
  readonly classification: Classification
  /** Whether the line is a unit, also over its classes or its projects. */
  readonly isUnit: boolean
}

interface LineContext {
  readonly matchers: Matchers
  readonly fiscalYear: number | null
  readonly editions: ReadonlyMap<string, string>
}

type Scheme = 'functional-expenditure' | 'economic-department' | 'economic-government'

const CLASSIFICATIONS: Readonly<Record<Scheme, Classification>> = {
  'functional-expenditure': 'function',
  'economic-department': 'economic',
  'economic-government': 'economic',
}
/** From this share of its lines on, a block whose names stand in a catalogue follows it. */
const NAMED_SHARE = 0.4
/** A unit's code begins with the code of the unit above. */
const SHORTEST_CODE = 3

/** Lines that are units or projects: their codes follow no catalogue. Units in a column of projects stand over theirs. */
function draftOwnCodes(lines: readonly BudgetLine[], context: LineContext): readonly LineWords[] {
  const role = codedRole(lines)
  const hasUnits = lines.some(isUnitOverProjects)
  const codes = lines.map(({ row }) => compactText(row.uses.get(`${role}/code`)?.cell ?? null))
  return lines.map((line, index): LineWords => {
    const { row, nameUse, name } = line
    const code = name?.kind === 'line' ? (codes[index] ?? '') : ''
    const codeUse = row.uses.get(`${role}/code`)
    const fields = [
      ...(code === '' || codeUse === undefined ? [] : [draftName('line_code', codeUse, row.pageNumber, context)]),
      ...(nameUse === null ? [] : [draftLineName(line, nameUse, context)]),
    ]
    const above = codes.filter(
      (other) => other.length >= SHORTEST_CODE && other.length < code.length && code.startsWith(other),
    )
    const isUnit = isUnitOverProjects(line)
    const level = name?.kind === 'line' && code !== '' ? 1 + new Set(above).size : line.depth
    const isBelow = hasUnits && !isUnit && name?.kind === 'line'
    return {
      line,
      fields,
      code: code === '' ? null : code,
      level: isBelow ? level + 1 : level,
      classification: 'none',
      isUnit: isUnit || (role === 'unit-words' && name?.kind === 'line'),
    }
  })
}

/** Ends of the names of public bodies; no project is called so. */
const BODY = /(?:局|委员会|办公室|厅|院|馆|学校|中学|小学|幼儿园|机关|本级|政府|中心)$/

/** A public body in a column of units and projects (单位（项目）名称). */
function isUnitOverProjects({ nameUse, name }: BudgetLine): boolean {
  if (nameUse?.assignment.column?.column !== 'project-words' || name?.kind !== 'line') return false
  return nameUse.assignment.headerText.includes('单位') && BODY.test(name.name.replaceAll(/[（(]|[）)]/g, ''))
}

/** A line with the code of a unit and none of a class in a column of units and classes (单位名称（科目）). */
function isUnitOverClasses({ nameUse, name, row }: BudgetLine): boolean {
  if (nameUse?.assignment.headerText.includes('单位') !== true || name?.kind !== 'line') return false
  return compactText(row.uses.get('unit-words/code')?.cell ?? null) !== ''
}

/** Code, name and level of the lines of one block; `table` is the kind of its table. */
export function draftLineWords(
  lines: readonly BudgetLine[],
  table: string,
  context: LineContext,
): readonly LineWords[] {
  if (codedRole(lines) !== 'subject-words') return draftOwnCodes(lines, context)
  const coded = lineCodes(lines.filter(isCoded))
  const scheme = schemeOf(coded)
  const classification = scheme === null ? classificationByName(lines, table, context) : CLASSIFICATIONS[scheme]
  const byLine = scheme === null ? NO_CODES : draftCodes(coded, scheme, context)
  return lines.map((line): LineWords => {
    const found = byLine.get(line)
    if (found !== undefined) {
      const code = found.find(({ name }) => name === 'line_code')?.value ?? null
      return { line, fields: found, code, level: levelOf(code, line), classification, isUnit: false }
    }
    const fields = line.nameUse === null ? [] : [draftLineName(line, line.nameUse, context)]
    return { line, fields, code: null, level: line.depth, classification, isUnit: isUnitOverClasses(line) }
  })
}

const NO_CODES: ReadonlyMap<BudgetLine, readonly FieldDraft[]> = new Map()
const CODE_PARTS = ['class', 'group', 'item', 'code']

/** A line with a code: digits in a column of codes, or before its name; no total. */
function isCoded({ row, name }: BudgetLine): boolean {
  if (name?.kind === 'total' || name?.kind === 'subtotal') return false
  const textAt = (part: string) => compactText(row.uses.get(`subject-words/${part}`)?.cell ?? null)
  if (CODE_PARTS.some((part) => /\d/.test(textAt(part)) && !isTotalName(textAt(part)))) return true
  return ['whole', 'name'].some((part) => /^\P{L}?\d{3}/u.test(textAt(part)))
}

/** The catalogue that most codes belong to by their first digit; null where too few lines have one. */
function schemeOf(coded: readonly LineCode[]): Scheme | null {
  const counts = new Map<Scheme, number>()
  for (const { cells } of coded) {
    const text = compactText((cells.digits[0] ?? cells.code ?? cells.whole)?.cell ?? null)
    const first = /\d/.exec(text)?.[0]
    const scheme =
      first === '2'
        ? 'functional-expenditure'
        : first === '3'
          ? 'economic-department'
          : first === '5'
            ? 'economic-government'
            : null
    if (scheme !== null) counts.set(scheme, (counts.get(scheme) ?? 0) + 1)
  }
  return [...counts].toSorted((a, b) => b[1] - a[1])[0]?.[0] ?? null
}

function draftCodes(
  coded: readonly LineCode[],
  scheme: Scheme,
  context: LineContext,
): ReadonlyMap<BudgetLine, readonly FieldDraft[]> {
  const column = {
    column: 'subject',
    kind: 'coded',
    fields: ['line_code', 'line_name'],
    scheme,
    isRequired: false,
    headers: ['subject'],
  } as const
  const present = coded.map(({ cells }) => cells)
  const printed = printedParts(present)
  const questions = present.map((cells) => ({ cells, query: toQuery(cells) }))
  const matches = settleByClass(matchCodedColumn(column, questions, context))
  return new Map(
    coded.map(({ line, cells, flags }, index) => {
      const drafts = draftCodedFields(column, cells, printed, matches[index] ?? null)
      return [line, drafts.map((draft) => (draft.name === 'line_code' ? withFlags(draft, flags, cells.digits) : draft))]
    }),
  )
}

const SETTLED_MARGIN = 0.95

/**
 * Settles an ambiguous code by where its line stands: lines follow their class, so of the entries that look alike (行政运行 has
 * many) only one belongs to the class above. Only for a code that a reader saw just so.
 */
function settleByClass(matches: readonly (CodeMatch | null)[]): readonly (CodeMatch | null)[] {
  const above = new Set<string>()
  return matches.map((match) => {
    const settled = match?.kind === 'ambiguous' ? settle(match, above) : match
    if (settled?.kind === 'exact' || settled?.kind === 'restored') {
      const { code } = settled.entry
      for (const other of above) if (other.length >= code.length) above.delete(other)
      above.add(code)
    }
    return settled
  })
}

function settle(match: CodeMatch, above: ReadonlySet<string>): CodeMatch {
  const fitting = match.candidates.filter(({ entry }) => above.has(entry.parent))
  const [only, ...others] = fitting
  if (only === undefined || others.some(({ probability }) => probability > 0.05)) return match
  const { entry } = only
  if (entry.code !== match.printed.code || foldText(entry.name) !== foldText(match.printed.name ?? '')) return match
  const evidence = [`of the entries that look alike only ${entry.code} belongs to the class above`, ...match.evidence]
  const value = { code: entry.code, name: entry.name }
  return { ...match, kind: 'exact', entry, note: null, value, margin: SETTLED_MARGIN, evidence }
}

function withFlags(draft: FieldDraft, flags: readonly Flag[], digits: readonly CellUse[]): FieldDraft {
  if (flags.length === 0) return draft
  const kept = draft.flags.filter(({ code }) => code !== 'value-inherited')
  const box = digits.find(({ isInherited }) => !isInherited)?.cell.bbox ?? draft.bbox
  return { ...draft, bbox: box, flags: [...kept, ...flags] }
}

/** 类, 款 and 项 are told by the length of the code. */
function levelOf(code: string | null, line: BudgetLine): number {
  const digits = code?.replaceAll(/\D/g, '') ?? ''
  return digits.length < 3 ? line.depth : Math.floor((digits.length - 1) / 2)
}

function classificationByName(lines: readonly BudgetLine[], table: string, { matchers }: LineContext): Classification {
  if (lines[0]?.block.side === 'income') return 'source'
  const names = lines.flatMap(({ name }) => (name === null || name.kind !== 'line' ? [] : [foldText(name.name)]))
  const share = (scheme: string, level: number) => {
    const listed = listedNames(matchers, scheme, level)
    return names.filter((name) => listed.has(name)).length / Math.max(1, names.length)
  }
  if (share('functional-expenditure', 1) >= NAMED_SHARE) return 'function'
  const economic = share('economic-department', 1) + share('economic-department', 2)
  if (Math.max(economic, share('economic-government', 1)) >= NAMED_SHARE) return 'economic'
  // A list of income by itself has no side.
  return table === 'income' ? 'source' : 'none'
}

const listed = new WeakMap<Matchers, Map<string, ReadonlySet<string>>>()

/** The folded names of one level of a scheme; made once for a set of dictionaries. */
function listedNames(matchers: Matchers, scheme: string, level: number): ReadonlySet<string> {
  const known = listed.get(matchers) ?? new Map<string, ReadonlySet<string>>()
  listed.set(matchers, known)
  const key = `${scheme}/${level}`
  const names = known.get(key) ?? namesOf(matchers, scheme, level)
  known.set(key, names)
  return names
}

function namesOf(matchers: Matchers, scheme: string, level: number): ReadonlySet<string> {
  const entries = matchers.catalogues(scheme).flatMap((catalogue) => catalogue.entries)
  return new Set(entries.filter((entry) => entry.level === level).map(({ name }) => foldText(name)))
}

/** The name of a line, without a number whose mark no reader saw. */
function draftLineName(line: BudgetLine, use: CellUse, context: LineContext): FieldDraft {
  const draft = draftName('line_name', use, line.row.pageNumber, context)
  const name = line.name?.name ?? ''
  const isNumbered = line.name?.numbering === 'han' && draft.value !== name && draft.value?.endsWith(name) === true
  return isNumbered && name !== '' ? { ...draft, value: name } : draft
}

/** A name as printed, without its number ("一、财政拨款收入" is 财政拨款收入). */
export function draftName(field: string, use: CellUse, pageNumber: number, { matchers }: LineContext): FieldDraft {
  const { cell } = use
  const nameOf = (text: string) => readLineName(cleanText(text)).name
  const text = nameOf(cell.origin === 'text' ? cell.text : bestReading(cell))
  const value = text === '' ? null : text
  const folded = foldText(text)
  const isListed = ['functional-expenditure', 'economic-department'].some((scheme) =>
    [1, 2].some((level) => listedNames(matchers, scheme, level).has(folded)),
  )
  const support = { ...supportOf(cell, value, nameOf), catalogue: isListed ? ('agrees' as const) : ('none' as const) }
  const flags: readonly Flag[] = value === null ? [{ code: 'value-missing', detail: 'the cell is empty' }] : []
  return createFieldDraft(field, use, pageNumber, { value, flags, evidence: [], candidates: [], support })
}
