import { A4_PORTRAIT, escapeHtml, type PaperSize } from './page-html.ts'
import type { LineFields } from './sheet.ts'

/** A record that a form must give back. */
export interface FormRecord {
  readonly recordType: 'performance_project' | 'performance_cost_line' | 'performance_indicator' | 'budget_line'
  readonly fields: LineFields
}

/** A cell of a form: how many units of its width and how many of its lines it covers. */
export interface FormCell {
  readonly text: string
  readonly units: number
  readonly lines?: number
  readonly align?: 'left' | 'center' | 'right'
}

/** The cells that begin in one line of a form, left to right, and the records that it must give. */
export interface FormLine {
  readonly cells: readonly FormCell[]
  readonly records?: readonly FormRecord[]
}

/** A form whose parts have columns of their own: its width is cut into equal units, and every cell covers some of them. */
export interface FormSheet {
  readonly title: string
  readonly above: { readonly left: string; readonly right: string }
  readonly units: number
  readonly lines: readonly FormLine[]
}

export interface FormStyle {
  readonly paper: PaperSize
  readonly marginMm: number
  readonly fontFamily: string
  readonly headingFamily: string
  readonly fontSizePt: number
  readonly minRowHeightPt: number
}

/** An ordinary form on upright paper. */
export const FORM_STYLE: FormStyle = {
  paper: A4_PORTRAIT,
  marginMm: 16,
  fontFamily: "'AR PL UMing CN','Noto Serif CJK SC',serif",
  headingFamily: "'Noto Sans CJK SC',sans-serif",
  fontSizePt: 9,
  minRowHeightPt: 16,
}

interface PlacedFormCell extends FormCell {
  readonly line: number
  readonly unit: number
  readonly count: number
}

/** Short for writing forms. */
export const cell = (text: string, units: number, more: Partial<FormCell> = {}): FormCell => ({ text, units, ...more })

/** Where every cell stands; throws where a line leaves a gap or reaches past the form's width. */
function placeCells({ units, lines }: FormSheet): readonly PlacedFormCell[] {
  const covered = lines.map(() => new Array<boolean>(units).fill(false))
  const placed: PlacedFormCell[] = []
  lines.forEach(({ cells }, line) => {
    const row = covered[line] ?? []
    for (const each of cells) {
      const unit = row.indexOf(false)
      const count = Math.min(each.lines ?? 1, lines.length - line)
      if (unit === -1 || unit + each.units > units)
        throw new RangeError(`line ${line + 1} of "${each.text}" is too wide`)
      for (let at = line; at < line + count; at += 1) covered[at]?.fill(true, unit, unit + each.units)
      placed.push({ ...each, line, unit, count })
    }
    if (row.includes(false)) throw new RangeError(`line ${line + 1} (${cells[0]?.text}) leaves a gap`)
  })
  return placed
}

/** Lines `from` to before `to` of a form as a form of their own: cells that reach in from above are printed again. */
export function cutForm(form: FormSheet, from: number, to: number): FormSheet {
  const placed = placeCells(form).filter(({ line, count }) => line < to && line + count > from)
  const lines = form.lines.slice(from, to).map((own, index): FormLine => {
    const at = from + index
    const cells = placed
      .filter(({ line }) => Math.max(line, from) === at)
      .toSorted((a, b) => a.unit - b.unit)
      .map(({ line, count, unit: _unit, ...each }) => ({ ...each, lines: Math.min(line + count, to) - at }))
    return { ...own, cells }
  })
  return { ...form, lines }
}

/** A form (or a part of it) as a section that fills one paper; `isFirst` prints its title. */
export function formHtml(form: FormSheet, isFirst: boolean, isTall = false): string {
  const above = `<div class="above"><span>${escapeHtml(form.above.left)}</span><span>${escapeHtml(form.above.right)}</span></div>`
  const head = isFirst ? `<div class="title">${escapeHtml(form.title)}</div>${above}` : ''
  const columns = `<col style="width:${(100 / form.units).toFixed(4)}%">`.repeat(form.units)
  const rows = form.lines.map(({ cells }) => `<tr>${cells.map(cellHtml).join('')}</tr>`).join('')
  return `<section class="page${isTall ? ' tall' : ''}">${head}<table><colgroup>${columns}</colgroup><tbody>${rows}</tbody></table></section>`
}

function cellHtml({ text, units, lines = 1, align = 'center' }: FormCell): string {
  const html = escapeHtml(text).replaceAll('\n', '<br>')
  return `<td colspan="${units}" rowspan="${lines}" style="text-align:${align}">${html}</td>`
}

/** CSS of a form: fonts by name, solid rulings. */
export function formCss({ paper, marginMm, fontFamily, headingFamily, fontSizePt, minRowHeightPt }: FormStyle): string {
  return `
*{box-sizing:border-box}body{margin:0;background:#fff;color:#000}
.page{width:${paper.widthMm}mm;height:${paper.heightMm}mm;padding:${marginMm}mm;overflow:hidden;break-after:page;
font-family:${fontFamily};font-size:${fontSizePt}pt;line-height:1.3}
.page.tall{height:auto;overflow:visible}
.title{text-align:center;font-family:${headingFamily};font-size:${fontSizePt * 1.7}pt;margin:0 0 2mm}
.above{display:flex;justify-content:space-between;margin-bottom:1mm;min-height:1em}
table{border-collapse:collapse;table-layout:fixed;width:100%}
td{border:.6pt solid #000;padding:1pt 2pt;vertical-align:middle;overflow-wrap:anywhere}
tr{height:${minRowHeightPt}pt}`
}

/** The printed cells by row and by the columns that the edges of its cells make; merged cells once, the rest ''. */
export function formCells(form: FormSheet): string[][] {
  const placed = placeCells(form)
  const edges = [...new Set(placed.map(({ unit }) => unit))].sort((a, b) => a - b)
  return form.lines.map((_, line) =>
    edges.map(
      (edge) => placed.find((each) => each.line === line && each.unit === edge)?.text.replaceAll('\n', '') ?? '',
    ),
  )
}
