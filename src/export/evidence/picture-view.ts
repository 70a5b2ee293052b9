import { type BoundingBox, boxHeight, boxWidth } from '../../model/bounding-box.ts'
import { type Html, type HtmlPart, html } from '../../publish/html.ts'

/** A page of a document as a picture file, and how large it is in points. */
export interface PagePicture {
  /** Relative to the pages of the document. */
  readonly file: string
  readonly width: number
  readonly height: number
}

interface CropOptions {
  readonly box: BoundingBox
  /** What is drawn over it, in points. */
  readonly marks: HtmlPart
  readonly label: string
  readonly kind: 'cell' | 'row' | 'page'
}

const PIXELS_PER_POINT = { cell: 2.6, row: 1.5, page: 1 } as const
const MARGINS = { cell: 5, row: 4, page: 0 } as const

/** A part of a page, cut out by its view box: one picture serves all parts. */
export function renderCrop(picture: PagePicture, { box, marks, label, kind }: CropOptions): Html {
  const view = withMargin(box, MARGINS[kind], picture)
  const [width, height] = [boxWidth(view), boxHeight(view)]
  const scale = PIXELS_PER_POINT[kind]
  return html`<svg class="crop ${kind}" role="${kind === 'cell' ? 'img' : 'group'}" aria-label="${label}" viewBox="${[view.x0, view.top, width, height].map(toNumber).join(' ')}" width="${toNumber(width * scale)}" height="${toNumber(height * scale)}"><image href="${picture.file}" width="${toNumber(picture.width)}" height="${toNumber(picture.height)}"/>${marks}</svg>`
}

/** A box over a page, coloured by its kind; with `href` it leads somewhere. */
export function renderBox(box: BoundingBox, kind: string, title: string, href: string | null = null): Html {
  const rectangle = html`<rect class="box ${kind}" x="${toNumber(box.x0)}" y="${toNumber(box.top)}" width="${toNumber(boxWidth(box))}" height="${toNumber(boxHeight(box))}"><title>${title}</title></rect>`
  return href === null ? rectangle : html`<a href="${href}">${rectangle}</a>`
}

function withMargin({ x0, top, x1, bottom }: BoundingBox, margin: number, page: PagePicture): BoundingBox {
  return {
    x0: Math.max(0, x0 - margin),
    top: Math.max(0, top - margin),
    x1: Math.min(page.width, x1 + margin),
    bottom: Math.min(page.height, bottom + margin),
  }
}

function toNumber(value: number): string {
  return String(Math.round(value * 100) / 100)
}
