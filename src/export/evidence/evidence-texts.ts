import type { Check, RecordType } from '../../model/record.ts'
import { kindIn, outcomeIn } from '../../publish/check-texts.ts'
import { RECORD_TITLES } from '../../publish/field-titles.ts'
import { findingIn } from '../../publish/findings.ts'
import {
  errorIn,
  fieldIn,
  fillPlaces,
  flagIn,
  type Language,
  type TextPairs,
  textsIn,
} from '../../publish/languages.ts'
import type { RelatedDocument } from '../../publish/published-document.ts'

/** Every text of the evidence pages: Chinese, English. */
const TEXTS = {
  title: ['预算公开数据与依据', 'Budget data and their evidence'],
  'title-hint': [
    '每个数值都可以追溯到公开文件的页面：格子图像、页面原文、识别结果、判断依据、勾稽关系。',
    'Every value leads back to the page it was published on: the picture of its cell, the text of the page, what each reader saw, why it is what it is, and the equations it stands in.',
  ],
  'all-documents': ['全部文件', 'All documents'],
  documents: ['文件', 'Documents'],
  document: ['文件', 'Document'],
  publisher: ['发布单位', 'Publisher'],
  year: ['年度', 'Year'],
  pages: ['页', 'Pages'],
  rows: ['行', 'Rows'],
  fields: ['字段', 'Fields'],
  'for-review': ['待定', 'For review'],
  broken: ['不平', 'Broken sums'],
  'broken-list': ['不平的勾稽关系', 'Sums that do not come out'],
  status: ['状态', 'Status'],
  'status-complete': ['完整', 'complete'],
  'status-partial': ['部分', 'partial'],
  'status-failed': ['失败', 'failed'],
  'source-address': ['来源网址', 'Published at'],
  'content-hash': ['内容 SHA-256', 'SHA-256 of the content'],
  related: ['同一单位的其他文件', 'Other documents of the same body'],
  'relation-previous_year': ['上一年度', 'the year before'],
  'relation-next_year': ['下一年度', 'the year after'],
  'relation-accounts': ['决算', 'the final accounts'],
  'relation-budget': ['预算', 'the budget'],
  'relation-repeats': ['内容重复（只计一份）', 'repeats it: count one of the two'],
  'relation-same_body': ['同年其他文件', 'another document of the year'],
  tables: ['表', 'Tables'],
  table: ['表 {table}', 'Table {table}'],
  'in-the-prose': ['文字说明', 'In the prose'],
  'unused-tables': ['未成记录的表', 'Tables that gave no records'],
  'failed-pages': ['未能读取的页', 'Pages that could not be read'],
  warnings: ['读取时的提示', 'What was noticed in reading'],
  page: ['第 {page} 页', 'Page {page}'],
  row: ['第 {row} 行', 'row {row}'],
  record: ['记录', 'Record'],
  records: ['记录', 'Records'],
  'record-link': ['打开此行的依据', 'the evidence of this row'],
  'previous-record': ['上一行', 'Row before'],
  'next-record': ['下一行', 'Next row'],
  'the-row': ['所在行', 'The row on the page'],
  'the-page': ['页面', 'The page'],
  'published-page': ['公开文件第 {page} 页', 'page {page} as published'],
  'the-cell': ['格子图像', 'The cell'],
  'no-picture': ['没有页面图像', 'no picture of the page'],
  value: ['数值', 'Value'],
  'no-value': ['（空）', '(nothing)'],
  raw: ['页面原文', 'On the page'],
  'grade-accepted': ['自动接受', 'accepted'],
  'grade-review': ['待定', 'for review'],
  'grade-confirmed': ['人工确认', 'confirmed'],
  'grade-corrected': ['人工更正', 'corrected'],
  confidence: ['可信度 {confidence}', 'confidence {confidence}'],
  readings: ['各识别结果', 'What each reader saw'],
  'reader-text-layer': ['文字层', 'text layer'],
  'reader-untrusted-text-layer': ['不可信的文字层', 'untrusted text layer'],
  'reader-paddle': ['PP-OCR', 'PP-OCR'],
  'reader-tesseract': ['Tesseract', 'Tesseract'],
  candidates: ['考虑过的值', 'Values that were considered'],
  evidence: ['依据', 'Why'],
  flags: ['疑点', 'Doubts'],
  equations: ['勾稽关系', 'Equations'],
  'equation-numbers': [
    '应为 {expected}，得 {found}，差 {difference}',
    'expected {expected}, found {found}, difference {difference}',
  ],
  judged: ['人工复核', 'Judged by a person'],
  'machine-value': ['机器值', 'the machine had'],
  'skip-links': ['页面导航', 'Where you are'],
} as const satisfies TextPairs<string>

type TextKey = keyof typeof TEXTS

/** The words of the pages in one language. */
export interface EvidenceWords {
  readonly language: Language
  say(key: TextKey, values?: Readonly<Record<string, string | number>>): string
  field(name: string): string
  flag(code: string): string
  recordType(type: RecordType): string
  relation(relation: RelatedDocument['relation']): string
  kind(kind: Check['kind']): string
  outcome(outcome: Check['outcome']): string
  /** A sentence of the pipeline about a page or a value. */
  finding(text: string): string
  /** What failed and what to do about it. */
  error(error: Parameters<typeof errorIn>[1]): string
}

export function evidenceWords(language: Language): EvidenceWords {
  const texts = textsIn(language, TEXTS)
  return {
    language,
    say: (key, values = {}) => fillPlaces(texts[key], values),
    field: (name) => fieldIn(language, name),
    flag: (code) => flagIn(language, code),
    recordType: (type) => (language === 'zh' ? RECORD_TITLES[type] : type.replaceAll('_', ' ')),
    relation: (relation) => texts[`relation-${relation}`],
    kind: (kind) => kindIn(language, kind),
    outcome: (outcome) => outcomeIn(language, outcome),
    finding: (text) => findingIn(language, text),
    error: (error) => errorIn(language, error),
  }
}
