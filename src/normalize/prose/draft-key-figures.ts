import type { CatalogueEntry } from '../../model/catalogue.ts'
import type { FieldDraft, RecordDraft } from '../../model/record.ts'
import { draftDerivedField } from '../draft/draft-derived-field.ts'
import { foldText } from '../match/fold-text.ts'
import { parseAmount, toYuan, yuanPerUnit } from '../money/parse-amount.ts'
import type { FigureRelation } from './figure-relation.ts'
import type { NamedFigure } from './name-figures.ts'
import { type Paragraph, placeOf } from './to-paragraphs.ts'

const UNITS = {
  money: 'yuan',
  percent: 'percent',
  person: 'person',
  area: 'square_metre',
  vehicle: 'vehicle',
  item: 'item',
} as const

const SUFFIXES: Readonly<Record<FigureRelation, string>> = {
  value: '',
  change: '_change',
  change_percent: '_change_percent',
  share: '_share',
  execution: '_execution_percent',
}

/** What the prose of a document is known to be about. */
export interface ProseContext {
  readonly stage: 'budget' | 'final_accounts'
  /** Entries of the function classification, in its order. */
  readonly functions: readonly CatalogueEntry[]
}

/** Figures of the prose as records: outside tables (table_index 0), numbered in the order of the text. */
export function draftKeyFigures(figures: readonly NamedFigure[], context: ProseContext): readonly RecordDraft[] {
  let rowIndex = 0
  return figures.flatMap((named): RecordDraft[] => {
    const { pageNumber } = placeOf(named.paragraph, named.figure.start, named.figure.end)
    const fields = fieldsOf(named, context)
    if (fields === null) return []
    rowIndex += 1
    return [{ recordType: 'key_figure', pageNumber, tableIndex: 0, rowIndex, fields }]
  })
}

function fieldsOf(named: NamedFigure, { stage, functions }: ProseContext): readonly FieldDraft[] | null {
  const { paragraph, figure, key, relation, direction, year } = named
  const value = valueOfFigure(named)
  if (value === null) return null
  const { pageNumber, bbox, origin } = placeOf(paragraph, figure.start, figure.end)
  const { sentence, start, end } = sentenceOf(paragraph, figure.start)
  const raw = paragraph.text.slice(figure.start, figure.end)
  const from = { pageNumber, bbox, raw, evidence: `the text says "${clauseOf(paragraph, figure.start, figure.end)}"` }
  const derive = (name: string, text: string) => draftDerivedField(name, text, from)
  const code = named.code ?? (key === 'function_class' ? codeOf(named.path, functions) : null)
  const own = { ...draftDerivedField('value', value, from) }
  const place = placeOf(paragraph, start, end)
  return [
    derive('key', `${key}${SUFFIXES[relation]}`),
    derive('name', named.name),
    ...(code === null ? [] : [derive('line_code', code)]),
    { ...own, support: { ...own.support, origin: origin === 'text' ? 'text' : 'ocr' } },
    derive('unit', UNITS[figure.kind]),
    ...(year === null ? [] : [derive('year', String(year))]),
    derive('stage', named.stage ?? stage),
    ...(direction === null ? [] : [derive('direction', direction)]),
    draftDerivedField('sentence', sentence, { ...from, pageNumber: place.pageNumber, bbox: place.bbox, raw: sentence }),
  ]
}

function valueOfFigure({ figure }: NamedFigure): string | null {
  const parsed = parseAmount(figure.digits)
  if (parsed.kind !== 'amount') return null
  if (figure.kind !== 'money') return parsed.amount.toFixed()
  return toYuan(parsed.amount, yuanPerUnit(figure.unit) ?? 1)
}

/** The sentence around a place, from one full stop to the next. */
export function sentenceOf(
  { text }: Paragraph,
  at: number,
): { readonly sentence: string; readonly start: number; readonly end: number } {
  const start = text.lastIndexOf('。', at - 1) + 1
  const stop = text.indexOf('。', at)
  const end = stop === -1 ? text.length : stop + 1
  return { sentence: text.slice(start, end), start, end }
}

function clauseOf({ text }: Paragraph, start: number, end: number): string {
  const begin = Math.max(...[',', '。', ';'].map((sign) => text.lastIndexOf(sign, start - 1))) + 1
  return text.slice(begin, end)
}

/** Sentences leave the word 支出 out of the name of a class (社会保障和就业). */
function isShortFor(name: string, listed: string): boolean {
  return foldText(`${name}支出`) === foldText(listed) || foldText(name) === foldText(`${listed}支出`)
}

/** The code of a class that is named by its path (类, 款, 项), where the catalogue has exactly one such. */
function codeOf(path: readonly string[], functions: readonly CatalogueEntry[]): string | null {
  let parent = ''
  for (const name of path) {
    const own = functions.filter((entry) => entry.parent === parent)
    const exact = own.filter((entry) => foldText(entry.name) === foldText(name))
    const [only, ...others] = exact.length > 0 ? exact : own.filter((entry) => isShortFor(name, entry.name))
    if (only === undefined || others.length > 0) return null
    parent = only.code
  }
  return parent === '' ? null : parent
}
