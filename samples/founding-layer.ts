import type { PageExtract, TextLine } from '../src/model/page.ts'
import type { Cell, Reading, Table } from '../src/model/table.ts'
import { type FoundLine, readFacts } from './facts/read-facts.ts'
import { PROCUREMENT_HEADER_LAYER, PROCUREMENT_TOTAL_LAYER } from './founding-twin.ts'

const CELL = { width: 55, height: 20 }
const PAGE = { width: 842, height: 595, margin: 30 }
const COLUMNS = 14

const NARRATIVE = [
  '武汉市江汉区财政局2024年部门预算',
  '2024年预算中纳入政府采购预算',
  '支出合计289.45万元，较2023年预算减少147.76万元。',
  '2024 年政府购买服务支出合',
  '计 361.47 万元，购买的服务内容主要有印刷等。',
]
const PROJECTS = [
  '国库业务、改革性工作经费',
  '党建、文明创建工作经费',
  '财政业务管理工作经费',
  '信息化建设运行维护经费',
  '预算编审等工作经费',
  '预算一体化建设相关经费',
]
const SERVICE_HEADER_LAYER =
  '单位代码 单位名称 是否包含政府采购 项目 政府购买服务内窑 购买勤量 购买金额 资金来源 资金性质 支出功能分类科目 部门支出经济分类'
const DIRECTORY_LAYER = { over: '政府购买服务指导曰景', levels: ['－级自景', '二！I\\目录', '三级自景'] }
const DEPARTMENT = { 0: '120', 1: '武汉市江汉区财政局' }

type Span = Pick<Cell, 'row' | 'column' | 'rowSpan' | 'columnSpan'>
type Texts = readonly string[]

/**
 * The founding document as one has it who cannot see its pictures: the two scanned tables hold nothing but the words of
 * the scanner's garbled layer, and the digital pages the sentences and the project names that stand there.
 */
export function foundingLayerPages(): readonly PageExtract[] {
  const procurement = readFacts<readonly FoundLine[]>('founding-procurement')
  const service = readFacts<readonly FoundLine[]>('founding-service')
  const headings = PROCUREMENT_HEADER_LAYER.map((text, column) => cellOf([text], at(0, column)))
  const rows = [lineOf(PROCUREMENT_TOTAL_LAYER), lineOf(DEPARTMENT), ...procurement.map(({ layer }) => layer)]
  const serviceRows = [lineOf({ 1: '合计', 6: '361.47' }), lineOf(DEPARTMENT), ...service.map(({ layer }) => layer)]
  return [
    pageOf(1, 'text', NARRATIVE, []),
    pageOf(2, 'untrusted-text', ['2024年政府采购预算表'], [tableOf(2, [...headings, ...bodyCells(rows, 1)], 'ocr')]),
    pageOf(
      3,
      'untrusted-text',
      ['2024年政府向社会力量购买服务预算表'],
      [tableOf(3, [...serviceHeadings(), ...bodyCells(serviceRows, 2)], 'ocr')],
    ),
    pageOf(
      4,
      'text',
      ['2024年部门整体绩效目标申报表'],
      [
        tableOf(
          4,
          PROJECTS.map((name, row) => cellOf([name], at(row, 0), 'text')),
          'text',
        ),
      ],
    ),
  ]
}

function at(row: number, column: number): Span {
  return { row, column, rowSpan: 1, columnSpan: 1 }
}

function serviceHeadings(): readonly Cell[] {
  const tall = SERVICE_HEADER_LAYER.split(' ').map((text, column) => cellOf([text], { ...at(0, column), rowSpan: 2 }))
  const over = cellOf([DIRECTORY_LAYER.over], { ...at(0, tall.length), columnSpan: DIRECTORY_LAYER.levels.length })
  const levels = DIRECTORY_LAYER.levels.map((text, level) => cellOf([text], at(1, tall.length + level)))
  return [...tall, over, ...levels]
}

function lineOf(filled: Readonly<Record<number, string>>): readonly Texts[] {
  return Array.from({ length: COLUMNS }, (_, column) => (filled[column] === undefined ? [] : [filled[column]]))
}

function bodyCells(rows: readonly (readonly Texts[])[], from: number): readonly Cell[] {
  return rows.flatMap((row, index) => row.map((texts, column) => cellOf(texts, at(from + index, column))))
}

function cellOf(texts: Texts, span: Span, origin: Cell['origin'] = 'ocr'): Cell {
  const reader = origin === 'text' ? 'text-layer' : 'untrusted-text-layer'
  const reading: Reading = { reader, lines: texts, confidence: null, characters: [] }
  const x0 = PAGE.margin + span.column * CELL.width
  const top = PAGE.margin + (span.row + 1) * CELL.height
  return {
    ...span,
    bbox: { x0, top, x1: x0 + span.columnSpan * CELL.width, bottom: top + span.rowSpan * CELL.height },
    text: texts.join(''),
    origin,
    confidence: null,
    readings: texts.length === 0 ? [] : [reading],
    flags: [],
  }
}

function tableOf(pageNumber: number, cells: readonly Cell[], origin: Cell['origin']): Table {
  const rowCount = Math.max(...cells.map(({ row, rowSpan }) => row + rowSpan))
  const columnCount = Math.max(...cells.map(({ column, columnSpan }) => column + columnSpan))
  const { margin } = PAGE
  return {
    pageNumber,
    tableIndex: 1,
    bbox: {
      x0: margin,
      top: margin + CELL.height,
      x1: margin + columnCount * CELL.width,
      bottom: margin + (rowCount + 1) * CELL.height,
    },
    rowCount,
    columnCount,
    structure: origin === 'text' ? 'vector-rulings' : 'pixel-rulings',
    structureConfidence: 1,
    cells,
  }
}

function pageOf(pageNumber: number, kind: PageExtract['kind'], texts: Texts, tables: readonly Table[]): PageExtract {
  const lines = texts.map((text, index): TextLine => {
    // The narrative stands alone on its page; a title stands over its table.
    const top = tables.length > 0 ? PAGE.margin : PAGE.margin + index * CELL.height
    const origin = kind === 'text' ? 'text' : 'untrusted-text'
    return { text, bbox: { x0: 40, top, x1: 40 + text.length * 10, bottom: top + 12 }, origin }
  })
  const { width, height } = PAGE
  return { pageNumber, kind, reason: 'the layer alone', width, height, lines, tables, warnings: [] }
}
