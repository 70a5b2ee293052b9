import { createTranslator } from '../language/sentence-patterns.ts'
import { findTitle } from './field-titles.ts'
import { READING_TEXTS, VALUE_TEXTS } from './finding-texts.ts'
import type { Language } from './languages.ts'
import { TABLE_TITLES } from './table-titles.ts'

/** What a place may hold where not any text will do. */
const FORMS: Readonly<Record<string, string>> = {
  page: '\\d+',
  table: '\\d+',
  row: '\\S+?',
  count: '\\d+',
  seen: '\\d+',
  nameless: '\\d+',
  share: '[\\d.]+',
  same: '\\d+',
  all: '\\d+',
  code: '.*?',
  letter: '[A-Z]',
  field: '[a-z][a-z_0-9]*',
  columns: '[a-z][a-z_0-9]*(?: (?:and|or) [a-z][a-z_0-9]*)*',
  figure: '[a-z_]+/[a-z_]*/\\S+',
  with: '[a-z_]+/[a-z_]*/\\S+',
  left: '[a-z_]+',
  right: '[a-z_]+',
  list: '[a-z-]+(?:-\\d+)?',
  sum: '-?[\\d.,]+',
}
const CACHED = 20_000

const toChinese = createTranslator([...READING_TEXTS, ...VALUE_TEXTS], { forms: FORMS, sayPlace })
const known = new Map<string, string>()

/** A sentence that the pipeline made about a page or a value, in the language; one that is not known stays as it is. */
export function findingIn(language: Language, text: string): string {
  if (language !== 'zh') return text
  const before = known.get(text)
  if (before !== undefined) return before
  const chinese = toChinese(text) ?? text
  if (known.size >= CACHED) known.clear()
  known.set(text, chinese)
  return chinese
}

function sayPlace(name: string, text: string): string {
  if (name === 'line') return text === 'the line' ? '该行' : text
  if (name === 'field') return findTitle(text) ?? text
  if (name === 'columns') return text.replaceAll(/[a-z][a-z_0-9]*/g, sayColumn)
  if (name === 'left' || name === 'right') return TABLE_TITLES[text] ?? text
  return name === 'figure' || name === 'with' ? sayFigure(text) : text
}

function sayColumn(word: string): string {
  if (word === 'and') return '与'
  return word === 'or' ? '或' : (findTitle(word) ?? word)
}

const SIDES: Readonly<Record<string, string>> = { income: '收入', expenditure: '支出' }

/** `table/side/field@line` as the tables call them. */
function sayFigure(path: string): string {
  const [table = '', side = '', rest = ''] = path.split('/')
  const [field = '', line = ''] = rest.split('@')
  const words = [TABLE_TITLES[table] ?? table, SIDES[side] ?? side, line, findTitle(field) ?? field]
  return words.filter((word) => word !== '').join('·')
}
