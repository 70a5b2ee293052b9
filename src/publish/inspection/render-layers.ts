import type { Voice } from '../../language/voice.ts'
import type { InspectedEdge, InspectedLine, InspectedRuling } from '../../model/inspection.ts'
import type { Ruling } from '../../model/page.ts'
import { escapeHtml } from '../escape-html.ts'
import type { Inspection } from './inspection.ts'
import { PAGE_FRAME, type PlacedItem } from './place-items.ts'
import { boxAttributes, num, transformAttribute } from './svg-shapes.ts'
import { listsOf } from './tell-items.ts'

/** A layer of the picture with the key that switches it; `legend` explains its colours (class, meaning). */
export interface Layer {
  readonly name: string
  readonly title: string
  readonly key: string
  readonly legend: readonly (readonly [className: string, meaning: string])[]
}

const LAYER_NAMES = ['words', 'areas', 'rulings', 'edges', 'lines', 'cells', 'readings', 'flags'] as const

/** The layers in the order in which they lie on each other. */
export function layersIn({ say }: Voice): readonly Layer[] {
  const layers: Record<(typeof LAYER_NAMES)[number], Omit<Layer, 'name'>> = {
    words: {
      title: say('words'),
      key: 'w',
      legend: [
        ['word', say('text layer')],
        ['word invisible', say('invisible')],
      ],
    },
    areas: {
      title: say('areas'),
      key: 'a',
      legend: [
        ['picture-area', say('picture')],
        ['white-area', say('white area')],
      ],
    },
    rulings: {
      title: say('rulings'),
      key: 'r',
      legend: [
        ['solid', say('solid')],
        ['bridged', say('bridged')],
        ['faint', say('faint')],
        ['open', say('open side')],
        ['unused', say('no line of a table')],
      ],
    },
    edges: {
      title: say('edges'),
      key: 'e',
      legend: [
        ['agree', say('both ways see an edge')],
        ['merged', say('both see none')],
        ['silent', say('only ink can tell')],
        ['disagree', say('they disagree')],
      ],
    },
    lines: {
      title: say('lines'),
      key: 'l',
      legend: [
        ['line', say('in a cell')],
        ['line loose', say('outside')],
        ['line dirt', say('dirt')],
      ],
    },
    cells: {
      title: say('cells'),
      key: 'c',
      legend: [
        ['cell accepted', say('accepted')],
        ['cell review', say('for review')],
        ['cell unused', say('no field')],
      ],
    },
    readings: { title: say('readings'), key: 't', legend: [['differs', say('readers differ')]] },
    flags: { title: say('flags'), key: 'f', legend: [['flag', say('flagged')]] },
  }
  return LAYER_NAMES.map((name) => ({ name, ...layers[name] }))
}

/** Every layer as SVG, in points of the page; what was found in pixels lies in groups that are mapped there. */
export function renderLayers(inspection: Inspection, items: readonly PlacedItem[], voice: Voice): string {
  const { words, rulings, whiteAreas, images, scans } = inspection.page
  const frames = [PAGE_FRAME, ...scans.keys()]
  const inFrames = (render: (frame: number) => string): string =>
    frames
      .map((frame) => {
        const scan = scans[frame]
        const shapes = render(frame)
        return scan === undefined || shapes === '' ? shapes : `<g ${transformAttribute(scan.toPage)}>${shapes}</g>`
      })
      .join('')
  const ofFrame = (frame: number) => [...items.entries()].filter(([, item]) => item.frame === frame)
  const layers: Record<string, string> = {
    words: words.map(renderWord).join(''),
    areas: [
      ...images.map((box) => `<rect class="picture-area" ${boxAttributes(box)}/>`),
      ...whiteAreas.map((box) => `<rect class="white-area" ${boxAttributes(box)}/>`),
    ].join(''),
    rulings: inFrames((frame) =>
      frame === PAGE_FRAME
        ? rulings.map(renderVector).join('')
        : (scans[frame]?.rulings.map((ruling) => renderRuling(ruling, voice)).join('') ?? ''),
    ),
    edges: inFrames(
      (frame) =>
        scans[frame]?.grids.flatMap((grid) => grid.edges.map((edge) => renderEdge(edge, voice))).join('') ?? '',
    ),
    lines: inFrames((frame) => renderLines(inspection, frame)),
    cells: inFrames((frame) =>
      ofFrame(frame)
        .map(([index, item]) => renderItem(item, index))
        .join(''),
    ),
    readings: inFrames((frame) =>
      ofFrame(frame)
        .map(([, item]) => renderReading(item, frame))
        .join(''),
    ),
    flags: inFrames((frame) =>
      ofFrame(frame)
        .map(([, item]) => renderFlag(item))
        .join(''),
    ),
  }
  return LAYER_NAMES.map((name) => `<g data-of="${name}">${layers[name] ?? ''}</g>`).join('\n')
}

function renderWord({ text, bbox, origin, isInvisible }: Inspection['page']['words'][number]): string {
  const classes = ['word', ...(isInvisible || origin === 'untrusted-text' ? ['invisible'] : [])].join(' ')
  return `<rect class="${classes}" ${boxAttributes(bbox)}><title>${escapeHtml(text)}</title></rect>`
}

function renderVector({ orientation, position, start, end, thickness }: Ruling): string {
  const [x1, y1, x2, y2] =
    orientation === 'horizontal' ? [start, position, end, position] : [position, start, position, end]
  const kind = thickness > 0 ? 'solid' : 'faint'
  return `<line class="${kind}" x1="${num(x1)}" y1="${num(y1)}" x2="${num(x2)}" y2="${num(y2)}"/>`
}

function renderRuling({ kind, points, isInGrid, thickness, strength }: InspectedRuling, { say }: Voice): string {
  const kinds = { solid: say('solid'), bridged: say('bridged'), faint: say('faint'), open: say('open side') }
  const path = points.map(([x, y]) => `${num(x)},${num(y)}`).join(' ')
  const size = { kind: kinds[kind], thickness: thickness.toFixed(1), strength: Math.round(strength) }
  const title = isInGrid
    ? say('{kind}, {thickness} px, strength {strength}', size)
    : say('{kind}, {thickness} px, strength {strength}; no line of a table', size)
  return `<polyline class="${kind}${isInGrid ? '' : ' unused'}" points="${path}"><title>${title}</title></polyline>`
}

function renderEdge({ from, to, pixels, areas, isParted }: InspectedEdge, { say }: Voice): string {
  const said = { parted: say('parted'), one: say('one area'), silent: say('nothing') }[areas]
  const result = isParted ? say('parted') : say('merged')
  const title = say('ink {ink}, white areas: {said}; {result}', { ink: pixels.toFixed(2), said, result })
  const isAgreed = areas === (isParted ? 'parted' : 'one')
  const kind = areas === 'silent' ? 'silent' : isAgreed ? (isParted ? 'agree' : 'merged') : 'disagree'
  return `<line class="${kind}" x1="${num(from[0])}" y1="${num(from[1])}" x2="${num(to[0])}" y2="${num(to[1])}"><title>${title}</title></line>`
}

function renderLines({ page: { scans, extract } }: Inspection, frame: number): string {
  const scan = scans[frame]
  if (scan === undefined) {
    const written = extract.lines.filter(({ origin }) => origin !== 'ocr')
    return written.map((line) => `<rect class="line loose" ${boxAttributes(line.bbox)}/>`).join('')
  }
  const inCells = scan.grids.flatMap((grid) => grid.cells.flatMap((cell) => cell.lines))
  return [
    ...inCells.map((line) => renderLine(line, 'line')),
    ...scan.looseLines.map((line) => renderLine(line, 'line loose')),
  ].join('')
}

function renderLine({ bboxPx, isDirt }: InspectedLine, kind: string): string {
  return `<rect class="${isDirt ? 'line dirt' : kind}" ${boxAttributes(bboxPx)}/>`
}

function renderItem(item: PlacedItem, index: number): string {
  const kind = item.cell === null && item.fields.length === 0 ? 'outside' : gradeOf(item)
  return `<rect class="cell ${kind}" ${boxAttributes(item.box)} tabindex="0" data-item="${index}"/>`
}

function gradeOf({ fields }: PlacedItem): 'accepted' | 'review' | 'unused' {
  if (fields.length === 0) return 'unused'
  return fields.every((field) => field.grade === 'accepted') ? 'accepted' : 'review'
}

/** Sizes of a reading laid over the page, in points; a pixel of a scan is a third of one. */
const READING_SIZE = { largest: 10, smallest: 3 }
const PIXELS_A_POINT = 3
const MOST_LINES = 6

/** The text as read, laid over its cell and made to fit. */
function renderReading(item: PlacedItem, frame: number): string {
  if (item.text === '') return ''
  const { x0, top, x1, bottom } = item.box
  const scale = frame === PAGE_FRAME ? 1 : PIXELS_A_POINT
  const [largest, smallest] = [READING_SIZE.largest * scale, READING_SIZE.smallest * scale]
  const lines = wrap(item.text, x1 - x0, bottom - top)
  const longest = Math.max(...lines.map(widthOf))
  const size = Math.max(
    smallest,
    Math.min(largest, (0.95 * (x1 - x0)) / longest, (0.95 * (bottom - top)) / lines.length),
  )
  const start = (top + bottom) / 2 - (size * 1.05 * lines.length) / 2
  const spans = lines.map(
    (line, index) =>
      `<tspan x="${num(x0 + 0.15 * size)}" y="${num(start + size * (0.88 + 1.05 * index))}">${escapeHtml(line)}</tspan>`,
  )
  const isDiffering = listsOf(item).includes('differ')
  return `<text${isDiffering ? ' class="differs"' : ''} font-size="${num(size)}">${spans.join('')}</text>`
}

/** Breaks a text into as many lines as let its print be largest. */
function wrap(text: string, width: number, height: number): string[] {
  const characters = [...text.replaceAll('\n', '')]
  const counts = Array.from({ length: Math.min(MOST_LINES, characters.length) }, (_, index) => index + 1)
  const sizeOf = (count: number): number => Math.min((width * count) / widthOf(text), height / count)
  const count = counts.reduce((best, each) => (sizeOf(each) > 1.05 * sizeOf(best) ? each : best), 1)
  const perLine = Math.ceil(characters.length / count)
  return Array.from({ length: Math.ceil(characters.length / perLine) }, (_, index) =>
    characters.slice(index * perLine, (index + 1) * perLine).join(''),
  )
}

/** The width of a text in ems: Han characters are as wide as high, others about half. */
function widthOf(text: string): number {
  return [...text].reduce((sum, character) => sum + (character > '\u2000' ? 1 : 0.6), 0)
}

function renderFlag(item: PlacedItem): string {
  if (!listsOf(item).includes('flagged')) return ''
  const codes = [...item.flags, ...item.fields.flatMap((field) => field.flags.map((flag) => flag.code))]
  const { x0, x1, top, bottom } = item.box
  const side = num(Math.min(0.3 * Math.min(x1 - x0, bottom - top), (x1 - x0) / 4))
  return `<path class="flag" d="M${num(x1)} ${num(top)}h-${side}l${side} ${side}z"><title>${escapeHtml([...new Set(codes)].join(', '))}</title></path>`
}
