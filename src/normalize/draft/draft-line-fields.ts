import type { Flag } from '../../model/flag.ts'
import type { FieldDraft } from '../../model/record.ts'
import type { BudgetLine } from '../forms/classify-lines.ts'
import type { CellUse } from '../forms/classify-rows.ts'
import type { FormColumn } from '../forms/form.ts'
import { isTotalName } from '../forms/line-names.ts'
import { compactText } from '../forms/table-view.ts'
import type { CodeMatch } from '../match/code-match.ts'
import { foldText } from '../match/fold-text.ts'
import { draftCodedFields, printedParts, toQuery } from './draft-coded-fields.ts'
import { draftLineName, listedNames } from './draft-name.ts'
import { draftOwnCodes } from './draft-own-codes.ts'
import { codedRole, type LineCode, lineCodes } from './line-codes.ts'
import type { Classification, LineContext, LineWords } from './line-words.ts'
import { matchCodedColumn } from './match-coded-column.ts'
import { codeOfUnit, draftUnitAmongClasses, isUnitAmongClasses, isUnitOverClasses } from './units-among-classes.ts'

type Scheme = 'functional-expenditure' | 'economic-department' | 'economic-government'

const CLASSIFICATIONS: Readonly<Record<Scheme, Classification>> = {
  'functional-expenditure': 'function',
  'economic-department': 'economic',
  'economic-government': 'economic',
}
/** From this share of its lines on, a block whose names stand in a catalogue follows it. */
const NAMED_SHARE = 0.4
/** Code, name and level of the lines of one block; `table` is the kind of its table. */
export function draftLineWords(
  lines: readonly BudgetLine[],
  table: string,
  context: LineContext,
): readonly LineWords[] {
  if (codedRole(lines) !== 'subject-words') return withClassesBeside(draftOwnCodes(lines, context), context)
  const units = lines.filter((line) => isUnitAmongClasses(line, context))
  const unitCodes = units.map(codeOfUnit)
  const coded = lineCodes(lines.filter((line) => isCoded(line) && !units.includes(line)))
  const scheme = schemeOf(coded)
  const classification = scheme === null ? classificationByName(lines, table, context) : CLASSIFICATIONS[scheme]
  const byLine = scheme === null ? NO_CODES : draftCodes(coded, scheme, context)
  return lines.map((line): LineWords => {
    if (units.includes(line)) return { ...draftUnitAmongClasses(line, unitCodes, context), classification }
    const found = byLine.get(line)
    if (found !== undefined) {
      const code = found.find(({ name }) => name === 'line_code')?.value ?? null
      return { line, fields: found, code, level: levelOf(code, line), classification, isUnit: false }
    }
    const fields = line.nameUse === null ? [] : [draftLineName(line, line.nameUse, 'whole', context)]
    return { line, fields, code: null, level: line.depth, classification, isUnit: isUnitOverClasses(line) }
  })
}

/** Units or projects beside whose names the codes of classes stand in 类, 款 and 项: the code is made whole as that of a line. */
function withClassesBeside(words: readonly LineWords[], context: LineContext): readonly LineWords[] {
  const lines = words.map(({ line }) => line)
  if (!lines.some(({ row }) => row.uses.has('subject-words/class'))) return words
  const coded = lineCodes(lines.filter(isCoded), 'subject-words')
  const scheme = schemeOf(coded)
  if (scheme === null) return words
  const kind = CLASSIFICATIONS[scheme]
  const byLine = draftCodes(coded, scheme, context, { code: `${kind}_code`, name: `${kind}_name` })
  return words.map((each) => ({ ...each, classesBeside: byLine.get(each.line) ?? [] }))
}

const LINE_FIELDS = { code: 'line_code', name: 'line_name' }
const NO_CODES: ReadonlyMap<BudgetLine, readonly FieldDraft[]> = new Map()
const CODE_PARTS = ['class', 'group', 'item', 'code']

/** A code before a name, or in brackets behind it; a year has four digits. */
const CODE_BESIDE_NAME = /^\P{L}?\d{3}|[（([［【][235]\d{2}(?:\d{2}){0,2}[）)\]］】]$/u

/** A name with its number in a list (2.政府性基金拨款), which is no code. */
const NUMBERED_NAME = /^[（(]?\d{1,2}[.．、,，）)]+\p{Script=Han}{2}/u

/** A line with a code: digits in a column of codes, or beside its name; no total. */
function isCoded({ row, name }: BudgetLine): boolean {
  if (name?.kind === 'total' || name?.kind === 'subtotal') return false
  const textAt = (part: string) => compactText(row.uses.get(`subject-words/${part}`)?.cell ?? null)
  const holdsCode = (text: string) => /\d/.test(text) && !isTotalName(text) && !NUMBERED_NAME.test(text)
  if (CODE_PARTS.some((part) => holdsCode(textAt(part)))) return true
  return ['whole', 'name'].some((part) => CODE_BESIDE_NAME.test(textAt(part)))
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
  fields: { readonly code: string; readonly name: string } = LINE_FIELDS,
): ReadonlyMap<BudgetLine, readonly FieldDraft[]> {
  const column: FormColumn = {
    column: 'subject',
    kind: 'coded',
    fields: [fields.code, fields.name],
    scheme,
    isRequired: false,
    headers: ['subject'],
  }
  const present = coded.map(({ cells }) => cells)
  const printed = printedParts(present)
  const questions = present.map((cells) => ({ cells, query: toQuery(cells) }))
  const matches = settleByClass(matchCodedColumn(column, questions, context))
  return new Map(
    coded.map(({ line, cells, flags }, index) => {
      const drafts = draftCodedFields(column, cells, printed, matches[index] ?? null)
      return [line, drafts.map((draft) => (draft.name === fields.code ? withFlags(draft, flags, cells.digits) : draft))]
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
  // Its lines are what the three are spent on, although some are called as classes are.
  if (table === 'three_public') return 'none'
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
