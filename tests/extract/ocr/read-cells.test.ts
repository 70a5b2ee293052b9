import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { chooseReading, type ReaderAnswer } from '../../../src/extract/ocr/choose-reading.ts'
import { decodeCtc } from '../../../src/extract/ocr/decode-ctc.ts'
import { isNumber, isWellFormed } from '../../../src/extract/ocr/fold-text.ts'
import { lineToStrip } from '../../../src/extract/ocr/line-to-strip.ts'
import { pairBrackets } from '../../../src/extract/ocr/pair-brackets.ts'
import { type InkCell, readCells } from '../../../src/extract/ocr/read-cells.ts'
import { bestSupported, readLines } from '../../../src/extract/ocr/read-lines.ts'
import { rememberReadings } from '../../../src/extract/ocr/remember-readings.ts'
import { settleLookAlikes } from '../../../src/extract/ocr/settle-look-alikes.ts'
import { samplePage, voteLook } from '../../../src/extract/ocr/vote-look.ts'
import type { CroppedPage } from '../../../src/extract/raster/crop-lines.ts'
import type { LineImage } from '../../../src/extract/raster/image.ts'
import type { ReaderName } from '../../../src/model/table.ts'
import { drawLine, fakeEngine, reading } from './ocr-fixtures.ts'

const signal = new AbortController().signal

describe('chooseReading', () => {
  const answer = (reader: ReaderName, text: string, confidence = 0.99, hint: 'any' | 'digits' = 'any') =>
    ({ reader, hint, lines: [reading(text, confidence)] }) satisfies ReaderAnswer
  const lines = [drawLine(60, 18)]
  const choose = (answers: readonly ReaderAnswer[], expectsNumber = false) =>
    chooseReading(answers, { lines, expectsNumber, needsSecondReader: true })

  test.each([
    ['two readers agree', [answer('paddle', '2.00'), answer('tesseract', '2.00')], '2.00', []],
    ['they agree but for full-width forms', [answer('paddle', '２.00'), answer('tesseract', '2.00')], '２.00', []],
    [
      'the first stands when both are sure',
      [answer('paddle', '3'), answer('tesseract', '8')],
      '3',
      ['readers-disagree'],
    ],
    [
      'the second stands when the first is hopeless',
      [answer('paddle', '会', 0.3), answer('tesseract', '套', 0.95)],
      '套',
      ['readers-disagree'],
    ],
    [
      'same digits, but only one is a number',
      [answer('paddle', '269.786.33', 0.97), answer('tesseract', '269,786.33')],
      '269,786.33',
      ['readers-disagree'],
    ],
    [
      'same code, but only one closes its bracket',
      [answer('paddle', '[2130206技术', 0.92), answer('tesseract', '[2130206]技术', 0.8)],
      '[2130206]技术',
      ['readers-disagree'],
    ],
    [
      'dust that one reader takes for a point',
      [answer('paddle', '审计软件.'), answer('tesseract', '审计软件')],
      '审计软件',
      [],
    ],
    [
      'a point behind a name that both readers see',
      [answer('paddle', '审计.'), answer('tesseract', '审计.')],
      '审计',
      [],
    ],
    [
      'a sign that may be a number’s',
      [answer('paddle', '-5.00'), answer('tesseract', '5.00')],
      '-5.00',
      ['readers-disagree'],
    ],
    ['one reader alone', [answer('paddle', '2.00')], '2.00', ['reading-unconfirmed']],
    ['a weak reader alone', [answer('paddle', '2.00', 0.4)], '2.00', ['reading-weak', 'reading-unconfirmed']],
    ['nothing read in ink', [answer('paddle', '')], '', ['reading-weak', 'reading-unconfirmed']],
  ] as const)('%s', (_name, answers, text, flags) => {
    expect(choose(answers)).toMatchObject({ text, flags })
  })

  test('where a number is due, forced digits win over a weak misfit and never over a clear word', () => {
    const forced = answer('paddle', '2', 0.6, 'digits')
    expect(choose([answer('paddle', '乙', 0.4), forced], true).text).toBe('2')
    expect(choose([answer('paddle', '合计', 0.99), forced], true).text).toBe('合计')
  })

  test('every answer is kept, the chosen one first', () => {
    const answers = [answer('paddle', '乙', 0.4), answer('paddle', '2', 0.2, 'digits'), answer('tesseract', '2')]
    const { readings } = choose(answers, true)
    expect(readings.map(({ lines: texts }) => texts[0])).toEqual(['2', '2', '乙'])
  })

  test.each([
    ['of all its lines', [' 3', ' 5'], [' 3', ' 5']],
    ['none where a line has none', [' 3', undefined], undefined],
  ] as const)('a cell keeps the posteriors %s', (_name, given, kept) => {
    const read = given.map((posteriors) => ({
      ...reading('会议'),
      ...(posteriors === undefined ? {} : { posteriors }),
    }))
    const { readings } = choose([{ reader: 'paddle', hint: 'any', lines: read }])
    expect(readings[0]?.posteriors).toEqual(kept)
  })

  test('print under 14 px a glyph is flagged', () => {
    const small = { lines: [drawLine(60, 9, 11)], expectsNumber: false, needsSecondReader: true }
    expect(chooseReading([answer('paddle', '1'), answer('tesseract', '1')], small).flags).toEqual(['line-too-small'])
  })
})

describe('readCells', () => {
  const column = (texts: readonly string[]): { cells: InkCell[]; textOf: Map<LineImage, string> } => {
    const textOf = new Map<LineImage, string>()
    const cells = texts.map((text, row) => {
      const line = drawLine(40, 18)
      textOf.set(line, text)
      return { row, column: 0, columnSpan: 1, lines: text === '' ? [] : [line] }
    })
    return { cells, textOf }
  }

  test('a misfit in a column of numbers is read again as digits, its heading is not', async () => {
    const { cells, textOf } = column(['金额', '1.00', '2.00', '乙', '4.00'])
    const first = fakeEngine('paddle', (line, hint) => {
      const text = textOf.get(line) ?? ''
      return hint === 'digits' ? reading('3.00', 0.7) : reading(text, text === '乙' ? 0.4 : 0.99)
    })
    const { readings } = await readCells(cells, { first, second: null }, signal)
    expect(readings.map(({ text }) => text)).toEqual(['金额', '1.00', '2.00', '3.00', '4.00'])
    expect(first.asked.filter(({ hint }) => hint === 'digits')[0]?.count).toBe(1)
  })

  test.each([
    ['plain words read surely', '行政运行', 0.96, 0],
    ['plain words in doubt', '行政运行', 0.94, 1],
    ['a number read surely', '2.00', 0.985, 0],
    ['a number less sure than words may be', '2.00', 0.96, 1],
    ['a code, however surely it reads', '2010601', 0.999, 1],
    ['a code beside words', '[2010601]行政运行', 0.999, 1],
    ['a large amount read surely', '12345678.00', 0.985, 0],
  ])('the second reader settles %s: %s at %s is asked %i times', async (_name, text, confidence, asked) => {
    const { cells } = column([text])
    const say = () => reading(text, confidence)
    const readers = { first: fakeEngine('paddle', say), second: fakeEngine('tesseract', say) }
    const { readings, counts } = await readCells(cells, readers, signal)
    expect(counts).toEqual({ first: 1, second: asked })
    expect(readings.map(({ flags }) => flags)).toEqual([[]])
  })

  test.each([
    ['a code alone', 'A02010105', 0.99, 'code'],
    ['a code alone in brackets', '[C21040000]', 0.99, 'code'],
    ['a weak code, which may be anything', 'A02010105', 0.7, 'any'],
    ['a code beside words', '[C21040000]其他服务', 0.99, 'any'],
    ['a capital of a heading', 'A', 0.99, 'any'],
    ['digits', '2010601', 0.99, 'digits'],
    ['words in doubt', '行政运行', 0.9, 'any'],
  ])('%s (%s at %s) is shown to the second reader as %s', async (_name, text, confidence, hint) => {
    const { cells } = column([text])
    const second = fakeEngine('tesseract', () => reading(text, 0.99))
    await readCells(cells, { first: fakeEngine('paddle', () => reading(text, confidence)), second }, signal)
    expect(second.asked.filter(({ count }) => count > 0)).toEqual([{ hint, count: 1 }])
  })

  test.each([
    ['agrees on the sample, and reads no more', 0, 3],
    ['differs once: its column is in doubt', 1, 36],
    ['differs twice: everything is in doubt', 2, 36],
  ])('where the first is sure of 36 numbers the second %s', async (_name, differences, asked) => {
    const { cells, textOf } = column(Array.from({ length: 36 }, (_, row) => `${row + 1}.00`))
    const say = (line: LineImage) => reading(textOf.get(line) ?? '')
    let different = 0
    const second = fakeEngine('tesseract', (line) => {
      different += 1
      return different <= differences ? reading('7.77') : say(line)
    })
    const { counts } = await readCells(cells, { first: fakeEngine('paddle', say), second }, signal)
    expect(counts).toEqual({ first: 36, second: asked })
  })

  test.each([
    ['confirms the two least sure', '经费拨款', 2],
    ['does not: all are asked', '经费拔款', 6],
  ])('where six cells read alike the second reader %s', async (_name, seen, asked) => {
    const { cells } = column(Array.from({ length: 6 }, () => '经费拨款'))
    const readers = {
      first: fakeEngine('paddle', () => reading('经费拨款', 0.93)),
      second: fakeEngine('tesseract', () => reading(seen)),
    }
    const { readings, counts } = await readCells(cells, readers, signal)
    expect(counts.second).toBe(asked)
    expect(new Set(readings.map(({ text }) => text))).toEqual(new Set(['经费拨款']))
    expect(readings.flatMap(({ flags }) => flags)).toEqual(asked === 2 ? [] : Array(6).fill('readers-disagree'))
  })

  test('what repeats is unconfirmed all the same where there is no second reader', async () => {
    const { cells } = column(Array.from({ length: 6 }, () => '经费拨款'))
    const readers = { first: fakeEngine('paddle', () => reading('经费拨款', 0.93)), second: null }
    const { readings } = await readCells(cells, readers, signal)
    expect(readings.flatMap(({ flags }) => flags)).toEqual(Array(6).fill('reading-unconfirmed'))
  })

  test('every cell gets the readings of its own lines, whatever lies between', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.constantFrom('', '甲', '12', 'B5', '[1]乙'), { maxLength: 12 }), async (texts) => {
        const { cells, textOf } = column(texts)
        const engine = (name: ReaderName) => fakeEngine(name, (line) => reading(textOf.get(line) ?? ''))
        const readers = { first: engine('paddle'), second: engine('tesseract') }
        const { readings } = await readCells(cells, readers, signal)
        expect(readings.map(({ text }) => text)).toEqual(texts)
      }),
    )
  })
})

describe('looking again', () => {
  test('two looks that agree outvote a single sure one', () => {
    const tries = [reading('3', 0.9), reading('8', 0.6), reading('8', 0.5)]
    expect(bestSupported(tries).text).toBe('8')
  })

  test.each([
    ['once where that confirms them', '7', [2, 1]],
    ['twice where it does not', '1', [2, 1, 1]],
  ])('only weak lines are looked at again, %s', async (_name, smoothed, counts) => {
    const [sure, weak] = [drawLine(40, 18), drawLine(30, 18)]
    const engine = fakeEngine('paddle', (line) => {
      if (line.grey === sure.grey) return reading('7', 0.99)
      return reading(line.grey === weak.grey ? '7' : smoothed, 0.5)
    })
    await readLines(engine, [sure, weak], 'any', signal)
    expect(engine.asked.map(({ count }) => count)).toEqual(counts)
  })

  test('a line is read once, however often it is asked for', async () => {
    const [one, other] = [drawLine(40, 18), drawLine(30, 18)]
    const engine = fakeEngine('paddle', (line) => reading(line.grey === one.grey ? '甲' : '乙'))
    const remembering = rememberReadings(engine)
    await remembering.recognize([one], 'any', signal)
    const readings = await remembering.recognize([other, one, other], 'any', signal)
    expect(readings.map(({ text }) => text)).toEqual(['乙', '甲', '乙'])
    await remembering.recognize([one], 'digits', signal)
    expect(engine.asked).toEqual([
      { hint: 'any', count: 1 },
      { hint: 'any', count: 1 },
      { hint: 'digits', count: 1 },
    ])
  })

  test('a single flat stroke is a dash, whatever digit the reader sees in it', async () => {
    const engine = fakeEngine('paddle', (line) => reading(line.grey.height < 20 ? '1' : '7'))
    const read = await readLines(engine, [drawLine(14, 3), drawLine(9, 18)], 'any', signal)
    expect(read.map(({ text }) => text)).toEqual(['-', '7'])
  })

  test.each([0.5, 1, 2])('a glyph height that is wrong by %s is found out by the reader', async (factor) => {
    const right = 20 * factor
    const engine = fakeEngine('paddle', (line) => {
      const misfit = Math.abs(Math.log(line.glyphHeightPx / right))
      return reading('行政运行', Math.max(0, 0.98 - misfit))
    })
    const lines = Array.from({ length: 12 }, () => drawLine(80, 18))
    expect(await voteLook(engine, pageOf(lines), signal)).toEqual({ factor, isSmoothed: false })
  })
})

test.each([
  ['a blot that is read as a point is nothing', drawLine(8, 8), '·', ''],
  ['a stroke as high as a digit that is read as one is asked about', drawLine(4, 16), '.', '.'],
  ['a small stroke that is read as a dash is one', drawLine(8, 3), '-', '-'],
  ['a blot that is read as a glyph is one', drawLine(8, 8), '口', '口'],
])('%s', (_, line, seen, text) => {
  const answer: ReaderAnswer = { reader: 'paddle', hint: 'any', lines: [reading(seen)] }
  const chosen = chooseReading([answer], { lines: [line], expectsNumber: false, needsSecondReader: false })
  expect(chosen.text).toBe(text)
  expect(chosen.readings).toHaveLength(text === '' ? 0 : 1)
})

/** A page without tables that holds these lines. */
function pageOf(textLines: readonly LineImage[]): CroppedPage {
  return { glyphHeightPx: 20, tables: [], textLines }
}

describe('a page is judged by', () => {
  const cell = { row: 0, column: 0, rowSpan: 1, columnSpan: 1, bboxPx: { x0: 0, top: 0, x1: 1, bottom: 1 } }
  const inCells = (lines: readonly LineImage[]) => [{ cells: lines.map((line) => ({ ...cell, lines: [line] })) }]
  const print = Array.from({ length: 9 }, () => drawLine(80, 18))
  const desk = Array.from({ length: 40 }, () => drawLine(900, 60))

  test.each([
    ['lines of its cells, not by the desk around it', { tables: inCells(print), textLines: desk }, print],
    ['lines of the height of print, where there is no table', { tables: [], textLines: [...desk, ...print] }, print],
    ['any lines, where none has that height', { tables: [], textLines: desk }, desk],
  ])('%s', (_, page, expected) => {
    const sample = samplePage({ ...page, glyphHeightPx: 20 }, 6)
    expect(sample).toHaveLength(6)
    expect(sample.every((line) => expected.includes(line))).toBe(true)
  })
})

test('grain that unsettles the reader is smoothed away on the whole page', async () => {
  const raw = drawLine(80, 18)
  const engine = fakeEngine('paddle', (line) => reading('行政运行', line.grey === raw.grey ? 0.7 : 0.9))
  const lines = Array.from({ length: 12 }, () => raw)
  expect(await voteLook(engine, pageOf(lines), signal)).toEqual({ factor: 1, isSmoothed: true })
})

describe('strips', () => {
  test('ink is never cut, whatever the glyph height is taken for', () => {
    const shape = { glyphPx: 34, heightPx: 48, sidePx: 4, minWidthPx: 0, widthStepPx: 8 }
    const size = fc.integer({ min: 3, max: 60 })
    fc.assert(
      fc.property(size, size, fc.integer({ min: 4, max: 90 }), (width, height, glyphHeightPx) => {
        const strip = lineToStrip(drawLine(width, height, glyphHeightPx), shape)
        const edge = (x: number, y: number) => Math.abs((strip.data[y * strip.width + x] ?? 0) - 240) <= 24
        expect(strip.height).toBe(48)
        for (let x = 0; x < strip.width; x++) expect(edge(x, 0) && edge(x, strip.height - 1)).toBe(true)
        for (let y = 0; y < strip.height; y++) expect(edge(0, y) && edge(strip.width - 1, y)).toBe(true)
      }),
    )
  })

  test('a lone flat stroke stays as small as the page’s glyphs say', () => {
    const shape = { glyphPx: 34, heightPx: 48, sidePx: 4, minWidthPx: 0, widthStepPx: 1 }
    const strip = lineToStrip(drawLine(20, 2, 20), shape)
    const inkRows = Array.from({ length: 48 }, (_, y) => strip.data.subarray(y * strip.width, (y + 1) * strip.width))
    expect(inkRows.filter((row) => row.some((value) => value < 130)).length).toBeLessThanOrEqual(5)
  })
})

describe('decoding', () => {
  const alphabet = ['', 'a', 'b', '1', ' ']
  const steps = (...rows: number[][]) => ({ data: Float32Array.from(rows.flat()), steps: rows.length, classes: 5 })

  test('runs are one character, a blank between two alike parts them', () => {
    const read = decodeCtc(
      steps([0, 0.9, 0, 0.1, 0], [0, 0.6, 0.4, 0, 0], [0.9, 0.1, 0, 0, 0], [0, 0.8, 0, 0.2, 0]),
      alphabet,
      null,
    )
    expect(read.map(({ text }) => text)).toEqual(['a', 'a'])
    expect(read[0]?.confidence).toBeCloseTo(0.9)
    expect(read[1]?.alternatives[0]?.text).toBe('1')
  })

  test.each([
    ['a letter between two glyphs', [0.6, 0, 0.3, 0.1, 0], 'aba', 0.9],
    ['a letter of which there is a trace', [0.93, 0, 0.07, 0, 0], 'aa', 0.9 * 0.93],
    ['the tail of the glyph before it', [0.6, 0.4, 0, 0, 0], 'aa', 0.9],
    ['a point', [0.7, 0, 0, 0, 0, 0.3], 'aa', 0.9 * 0.7],
    ['nothing', [0.99, 0.01, 0, 0, 0], 'aa', 0.9],
  ])('%s that "no character" hides is told', (_name, middle, text, confidence) => {
    const pad = (row: number[]) => [...row, ...Array.from({ length: 6 - row.length }, () => 0)]
    const rows = [[0.1, 0.9], middle, [0.1, 0.9]].map(pad)
    const read = decodeCtc({ data: Float32Array.from(rows.flat()), steps: 3, classes: 6 }, [...alphabet, '.'], null)
    expect(read.map((character) => character.text).join('')).toBe(text)
    expect(read.at(-1)?.confidence).toBeCloseTo(confidence)
  })

  test('what may stand after the last glyph takes from its confidence', () => {
    const read = decodeCtc(steps([0.1, 0.9, 0, 0, 0], [0.92, 0, 0, 0.08, 0]), alphabet, null)
    expect(read.map(({ text }) => text)).toEqual(['a'])
    expect(read[0]?.confidence).toBeCloseTo(0.9 * 0.92)
  })

  test('forced glyphs keep the probability that they had among all', () => {
    const [only] = decodeCtc(steps([0.02, 0.9, 0, 0.08, 0]), alphabet, [3])
    expect(only?.text).toBe('1')
    expect(only?.confidence).toBeCloseTo(0.08)
  })

  test('spaces at the ends are dropped, spaces within stay', () => {
    const read = decodeCtc(
      steps([0, 0, 0, 0, 1], [0, 1, 0, 0, 0], [0, 0, 0, 0, 1], [0, 0, 1, 0, 0], [0, 0, 0, 0, 1]),
      alphabet,
      null,
    )
    expect(read.map(({ text }) => text).join('')).toBe('a b')
  })
})

describe('look-alikes', () => {
  const glyph = (text: string, other = '', confidence = 0.05) => ({
    text,
    confidence: 0.9,
    alternatives: other === '' ? [] : [{ text: other, confidence }],
  })
  const settle = (...glyphs: ReturnType<typeof glyph>[]) =>
    settleLookAlikes(glyphs)
      .map(({ text }) => text)
      .join('')

  test.each([
    ['a dash before Han that may be 一', settle(glyph('—', '一'), glyph('般')), '一般'],
    ['a dash that the reader is sure of', settle(glyph('—'), glyph('般')), '—般'],
    ['a dash between digits', settle(glyph('1'), glyph('-', '一'), glyph('2')), '1-2'],
    ['an o at the end of an amount', settle(glyph('8'), glyph('.'), glyph('o', '0')), '8.0'],
    ['an o in a word', settle(glyph('N'), glyph('o', '0')), 'No'],
    ['a small letter that begins a code', settle(glyph('['), glyph('c', 'C'), glyph('2'), glyph('1')), '[C21'],
    ['a small letter within one', settle(glyph('2'), glyph('c', 'C'), glyph('1')), '2c1'],
    ['a colon two digits from the end', settle(glyph('3'), glyph(':', '.'), glyph('5'), glyph('0')), '3.50'],
    [
      'a comma three digits from the end',
      settle(glyph('3'), glyph(',', '.'), ...'500'.split('').map((d) => glyph(d))),
      '3,500',
    ],
    ['a colon between words', settle(glyph('中'), glyph('：', '.'), glyph('面')), '中：面'],
  ])('%s', (_name, read, wanted) => expect(read).toBe(wanted))
})

test.each([
  ['a code that opens square and closes round', '[A07026699)其他', '[A07026699]其他'],
  ['a code that opens round and closes square', '(30207]邮电', '[30207]邮电'],
  ['an angle across from a round bracket', '项目〈二期)', '项目(二期)'],
  ['a brace across from a round bracket', '检定(2023年结转}', '检定(2023年结转)'],
  ['brackets that pair up', '[1](二)【三】', '[1](二)【三】'],
  ['one that is never closed', '管理局〈本级', '管理局〈本级'],
  ['one that was never opened', '本级)二期', '本级)二期'],
])('brackets pair up: %s', (_name, read, wanted) => expect(pairBrackets([...read]).join('')).toBe(wanted))

test.each([
  ['brackets of another kind', '[', '【', 0.95],
  ['a full-width colon', ':', '：', 0.95],
  ['a stroke for 1', '1', 'l', 0.95],
  ['another digit', '1', '7', 0.9],
  ['another bracket', '[', ']', 0.9],
])('%s makes %s no less sure: %s, %s', (_name, text, other, confidence) => {
  const [character] = settleLookAlikes([{ text, confidence: 0.9, alternatives: [{ text: other, confidence: 0.05 }] }])
  expect(character?.confidence).toBeCloseTo(confidence)
})

describe('numbers', () => {
  test.each(['1', '12.50', '1,234.56', '-3.10', '(3.10)', '60%', '１２．００'])('%s is one', (text) => {
    expect(isNumber(text)).toBe(true)
  })
  test.each(['', '7.', '1.234.56', '12,34', '2回', 'A1', '1-2'])('%s is none', (text) => {
    expect(isNumber(text)).toBe(false)
  })
  test.each([
    ['[201]行政', true],
    ['[201行政', false],
    ['201]行政', false],
    ['1.234.56', false],
    ['2024年.', true],
  ])('%s is well formed: %s', (text, wanted) => expect(isWellFormed(text)).toBe(wanted))
})
