// First: it remembers what pdf.js replaces.
import './native-builtins.ts'
import { createRequire } from 'node:module'
import { dirname, join, sep } from 'node:path'
import { getDocument, ImageKind, OPS } from 'pdfjs-dist/legacy/build/pdf.mjs'
import type { PDFDocumentProxy, PDFPageProxy } from 'pdfjs-dist/types/src/display/api.js'
import { restoreBuiltins } from './native-builtins.ts'

restoreBuiltins()

export type { PDFDocumentProxy, PDFPageProxy }
export { ImageKind, OPS }

/** The operations of a page: `argsArray[i]` are the operands of the operator `fnArray[i]`. */
export interface OperatorList {
  readonly fnArray: readonly number[]
  readonly argsArray: readonly unknown[]
}

/** Steps of a path as pdf.js packs them into one array of numbers. */
export const PATH_STEP = { moveTo: 0, lineTo: 1, curveTo: 2, quadraticCurveTo: 3, closePath: 4 } as const

/** An image as pdf.js decodes it, whatever its filter was. `kind` is one of ImageKind; null for a stencil mask. */
export interface DecodedImage {
  readonly width: number
  readonly height: number
  readonly kind: number | null
  readonly data: Uint8Array
}

/** The part of a canvas and its context that is needed here; it comes from the canvas factory of pdf.js. */
export interface Canvas {
  readonly canvas: object
  readonly context: {
    getImageData(x: number, y: number, width: number, height: number): { readonly data: Uint8ClampedArray }
  }
}

interface CanvasFactory {
  create(width: number, height: number): Canvas
  destroy(canvas: Canvas): void
}

const packageFolder = dirname(createRequire(import.meta.url).resolve('pdfjs-dist/package.json'))

function dataFolder(name: string): string {
  return join(packageFolder, name) + sep
}

const WARNINGS = 1
const WARNING = /^Warning: /
let hear: (complaint: string) => void = () => undefined
let isListening = false

/**
 * What pdf.js complains of from now on, until this is called again: a list that grows. It says on the console alone that
 * a filter is not known or that data end early, so its warnings are taken from there and not shown.
 */
export function collectComplaints(): readonly string[] {
  const complaints: string[] = []
  hear = (complaint) => complaints.push(complaint)
  if (!isListening) {
    const { warn } = console
    console.warn = (...parts: unknown[]) => {
      const [first] = parts
      if (typeof first === 'string' && WARNING.test(first)) hear(first.replace(WARNING, ''))
      else warn.apply(console, parts)
    }
  }
  isListening = true
  return complaints
}

/** Opens a document in this process; `maxImagePixels` is the largest image that is decoded. Throws what pdf.js throws. */
export async function openPdfjsDocument(bytes: Uint8Array, maxImagePixels: number): Promise<PDFDocumentProxy> {
  collectComplaints()
  // pdf.js takes the buffer over, so it gets its own copy.
  const document = await load(bytes.slice(), maxImagePixels, WITHOUT_OUTLINES)
  painters.set(document, { maxImagePixels, opened: null })
  return document
}

/**
 * To read a page no outline of a glyph is needed, and pdf.js makes them only where fonts cannot be given to a browser. So it is
 * told that here they can: what it gives is taken by nobody.
 */
class UntakenFont {
  readonly loaded = Promise.resolve()
}
const WITHOUT_OUTLINES = { disableFontFace: false, useSystemFonts: false, ownerDocument: createFontHolder() }
const WITH_OUTLINES = { disableFontFace: true }

/** As much of a browser's document as fonts are given to, and of a font as is waited for. */
function createFontHolder(): object {
  if (!('FontFace' in globalThis)) Object.assign(globalThis, { FontFace: UntakenFont })
  return { fonts: { add: () => undefined, delete: () => true } }
}

async function load(data: Uint8Array, maxImagePixels: number, fonts: object): Promise<PDFDocumentProxy> {
  const task = getDocument({
    data,
    cMapUrl: dataFolder('cmaps'),
    cMapPacked: true,
    standardFontDataUrl: dataFolder('standard_fonts'),
    wasmUrl: dataFolder('wasm'),
    iccUrl: dataFolder('iccs'),
    isEvalSupported: false,
    enableXfa: false,
    maxImageSize: maxImagePixels,
    verbosity: WARNINGS,
    ...fonts,
  })
  try {
    return await task.promise
  } catch (error) {
    await task.destroy().catch(() => undefined)
    throw error
  } finally {
    // The half of pdf.js that reads documents loads with the first one, and brings its polyfills again.
    restoreBuiltins()
  }
}

/** The same documents opened once more to be painted, with the outlines of their glyphs, once a page of theirs is. */
const painters = new WeakMap<
  PDFDocumentProxy,
  { readonly maxImagePixels: number; opened: Promise<PDFDocumentProxy> | null }
>()

async function painterOf(document: PDFDocumentProxy): Promise<PDFDocumentProxy> {
  const painter = painters.get(document)
  if (painter === undefined) throw new Error('the document was not opened here')
  painter.opened ??= document.getData().then((bytes) => load(bytes, painter.maxImagePixels, WITH_OUTLINES))
  return painter.opened
}

/** Forgets what a page holds: its pictures can be had no more. It can be read again. */
export async function releasePdfjsPage(document: PDFDocumentProxy, pageNumber: number): Promise<void> {
  for (const opened of [document, await painters.get(document)?.opened]) {
    const page = await opened?.getPage(pageNumber)
    page?.cleanup()
  }
}

export async function closePdfjsDocument(document: PDFDocumentProxy): Promise<void> {
  const painter = await painters.get(document)?.opened?.catch(() => null)
  await painter?.loadingTask.destroy()
  await document.loadingTask.destroy()
}

/** A font object of pdf.js, as far as text positions need it. */
export interface FontMetrics {
  readonly name?: string
  readonly vertical?: boolean
  readonly isType3Font?: boolean
  readonly fontMatrix?: readonly number[] | null
  readonly defaultVMetrics?: readonly number[] | null
  readonly bbox?: readonly number[] | null
}

/** The font that a page has loaded under `id`; null where it failed to load. */
export function fontOf(page: PDFPageProxy, id: string): FontMetrics | null {
  try {
    const font: FontMetrics | null = page.commonObjs.get(id)
    return font
  } catch {
    return null
  }
}

/** Waits for the decoded image `id`; null where it could not be decoded. */
export async function decodedImageOf(page: PDFPageProxy, id: string): Promise<DecodedImage | null> {
  const objects = id.startsWith('g_') ? page.commonObjs : page.objs
  const found = await new Promise<Partial<DecodedImage> | null>((resolve) => objects.get(id, resolve))
  return toDecodedImage(found)
}

/** Narrows what pdf.js hands over for an image; null where it holds no bytes. */
export function toDecodedImage(found: Partial<DecodedImage> | null | undefined): DecodedImage | null {
  if (found?.data === undefined || found.width === undefined || found.height === undefined) return null
  const { buffer, byteOffset, byteLength } = found.data
  return {
    width: found.width,
    height: found.height,
    kind: found.kind ?? null,
    data: new Uint8Array(buffer, byteOffset, byteLength),
  }
}

/** Paints the page on white at `scale` pixels a point and gives its pixels: RGBA, 4 bytes a pixel. */
export async function paintPage(
  document: PDFDocumentProxy,
  pageNumber: number,
  scale: number,
): Promise<{ readonly width: number; readonly height: number; readonly data: Uint8ClampedArray }> {
  const painter = await painterOf(document)
  const page = await painter.getPage(pageNumber)
  const viewport = page.getViewport({ scale })
  const width = Math.max(1, Math.round(viewport.width))
  const height = Math.max(1, Math.round(viewport.height))
  const factory = painter.canvasFactory as CanvasFactory
  const target = factory.create(width, height)
  try {
    // pdf.js types its canvas as the browser's; in Node it is the one that its own factory makes.
    const parameters = { canvas: target.canvas, viewport, background: '#ffffff' }
    await page.render(parameters as Parameters<PDFPageProxy['render']>[0]).promise
    return { width, height, data: target.context.getImageData(0, 0, width, height).data }
  } finally {
    factory.destroy(target)
  }
}
