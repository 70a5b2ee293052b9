import type { InspectedAnswer, InspectedLine, InspectedScan } from '../../../src/model/inspection.ts'
import type { GradedRecord } from '../../../src/model/record.ts'
import type { Cell, Reading } from '../../../src/model/table.ts'
import type { Inspection } from '../../../src/publish/inspection/inspection.ts'
import { fakeField } from '../../queue/support/fake-field.ts'

/** A picture of one black pixel. */
export const ONE_PIXEL =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=='

export const PAGE = { width: 600, height: 400 }
/** A scan that lies on its side on the page: 800 x 1200 upright pixels, two to a point. */
const TO_PAGE = [0, -0.5, 0.5, 0, 0, 400] as const
export const SIDEWAYS = { widthPx: 800, heightPx: 1200, toPage: TO_PAGE }

function answer(reader: InspectedAnswer['reader'], text: string, weakAt = -1): InspectedAnswer {
  const characters = [...text].map((glyph, index) => ({
    text: glyph,
    confidence: index === weakAt ? 0.62 : 0.999,
    alternatives: index === weakAt ? [{ text: glyph, confidence: 0.62 }, { text: 'Q', confidence: 0.2 }] : [], // biome-ignore format: short
  }))
  return { reader, hint: 'any', text, confidence: 0.912, characters }
}

function line(top: number, answers: readonly InspectedAnswer[], isDirt = false): InspectedLine {
  return { bboxPx: { x0: 210, top, x1: 390, bottom: top + 24 }, glyphHeightPx: 24, isDirt, answers }
}

function reading(reader: Reading['reader'], text: string): Reading {
  return { reader, lines: [text], confidence: reader === 'untrusted-text-layer' ? null : 0.9, characters: [] }
}

/** Where upright pixels of the sideways scan lie on the page. */
export function onPage({ x0, top, x1, bottom }: Cell['bbox']): Cell['bbox'] {
  return { x0: top / 2, top: 400 - x1 / 2, x1: bottom / 2, bottom: 400 - x0 / 2 }
}

const BOXES = [
  { x0: 200, top: 100, x1: 400, bottom: 160 },
  { x0: 200, top: 160, x1: 400, bottom: 220 },
]

/** A page with a scan of two cells (the readers differ in the first), a line outside, one record; `text` everywhere. */
export function makeInspection(text: string): Inspection {
  const read = [[answer('paddle', `${text}8`, text.length), answer('tesseract', `${text}B`)], [answer('paddle', text)]]
  const cells = BOXES.map((box, row): Cell => {
    const place = { row, column: 0, rowSpan: 1, columnSpan: 1, bbox: onPage(box), origin: 'ocr' as const }
    const readings = [reading('paddle', row === 0 ? `${text}8` : text), reading('untrusted-text-layer', `${text}回`)]
    return {
      ...place,
      text: row === 0 ? `${text}8` : text,
      confidence: 0.9,
      readings,
      flags: row === 0 ? ['readers-disagree', text] : [],
    }
  })
  return {
    fileName: text,
    isRead: true,
    isAlone: true,
    page: {
      extract: {
        pageNumber: 1,
        kind: 'scan',
        reason: text,
        ...PAGE,
        lines: [{ text, bbox: { x0: 10, top: 10, x1: 20, bottom: 30 }, origin: 'ocr' }],
        tables: [
          {
            pageNumber: 1,
            tableIndex: 1,
            bbox: { x0: 50, top: 200, x1: 110, bottom: 300 },
            rowCount: 2,
            columnCount: 1,
            structure: 'pixel-rulings',
            structureConfidence: 1,
            cells,
          },
        ],
        warnings: [text],
      },
      picture: ONE_PIXEL,
      words: [{ text, bbox: onPage(BOXES[0] ?? failed()), origin: 'untrusted-text', isInvisible: true }],
      rulings: [],
      whiteAreas: [{ x0: 1, top: 1, x1: 9, bottom: 9 }],
      images: [{ x0: 0, top: 0, x1: 600, bottom: 400 }],
      scans: [makeScan(text, read)],
    },
    records: [makeRecord(text, cells)],
    checks: [
      {
        kind: 'row-product',
        where: text,
        pageNumber: 1,
        tableIndex: 1,
        members: [],
        expected: '1.00',
        found: '2.00',
        difference: '1.00',
        outcome: 'contradicted',
      },
    ],
    unusedTables: [{ pageNumber: 1, tableIndex: 1, reason: text, amounts: 3 }],
  }
}

function failed(): never {
  throw new Error('there is no such box')
}

function makeScan(text: string, read: readonly (readonly InspectedAnswer[])[]): InspectedScan {
  const ruling = { orientation: 'horizontal' as const, thickness: 2, strength: 90 }
  return {
    source: {
      widthPx: 1200,
      heightPx: 800,
      isPainted: false,
      placement: { x0: 0, top: 0, x1: 600, bottom: 400 },
      picture: ONE_PIXEL,
    },
    ...SIDEWAYS,
    pictures: { grey: ONE_PIXEL, flattened: ONE_PIXEL, print: ONE_PIXEL },
    quarterTurns: 1,
    skewDegrees: 0.4,
    sealShare: 0.01,
    glyphHeightPx: 24,
    sizeFactor: 1,
    isSmoothed: false,
    rulings: [
      {
        ...ruling,
        kind: 'solid',
        points: [
          [200, 100],
          [400, 100],
        ],
        isInGrid: true,
      },
      {
        ...ruling,
        kind: 'bridged',
        points: [
          [200, 160],
          [400, 160],
        ],
        isInGrid: true,
      },
      {
        ...ruling,
        kind: 'faint',
        points: [
          [10, 300],
          [90, 300],
        ],
        isInGrid: false,
      },
      {
        ...ruling,
        kind: 'open',
        points: [
          [200, 220],
          [400, 220],
        ],
        isInGrid: true,
      },
    ],
    grids: [
      {
        bboxPx: { x0: 200, top: 100, x1: 400, bottom: 220 },
        rowCount: 2,
        columnCount: 1,
        agreement: 1,
        confidence: 1,
        doubts: [text],
        edges: [{ from: [200, 160], to: [400, 160], pixels: 0.9, areas: 'parted', isParted: true }],
        cells: BOXES.map((bboxPx, row) => ({
          row,
          column: 0,
          rowSpan: 1,
          columnSpan: 1,
          bboxPx,
          isDoubtful: false,
          lines: row === 0 ? [line(110, read[0] ?? []), line(140, [], true)] : [line(180, read[1] ?? [])],
          why: `reason ${text}`,
        })),
      },
    ],
    looseLines: [{ ...line(20, [answer('paddle', text)]), text, why: 'no other reader read anything' }],
  }
}

function makeRecord(text: string, cells: readonly Cell[]): GradedRecord {
  const field = fakeField('item_name', text, 1, {
    bbox: cells[0]?.bbox ?? failed(),
    grade: 'review',
    confidence: 0.61,
    flags: [{ code: 'code-ambiguous', detail: text }],
    evidence: [`evidence ${text}`],
    candidates: [{ value: 'A01', label: text, probability: 0.4, evidence: '' }],
  })
  return {
    recordType: 'procurement_line',
    pageNumber: 1,
    tableIndex: 1,
    rowIndex: 1,
    status: 'review',
    fields: [field],
  }
}
