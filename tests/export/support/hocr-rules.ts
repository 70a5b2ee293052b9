/**
 * What hOCR 1.2 (github.com/kba/hocr-spec, 1.2/spec.md and 1.2/defs.yml) demands of a file with the elements that ours has,
 * written down anew: what the head must tell, which properties a class must have, how each property is written, and that
 * nothing stands in the file that its capabilities do not name.
 */
import { everyElement, type XmlElement } from './parse-xml.ts'

const BOX = /^bbox (\d+) (\d+) (\d+) (\d+)$/
const PROPERTIES: Readonly<Record<string, RegExp>> = {
  bbox: BOX,
  image: /^image "[^"]*"$/,
  ppageno: /^ppageno \d+$/,
  scan_res: /^scan_res \d+ \d+$/,
  x_wconf: /^x_wconf \d+(\.\d+)?$/,
}
const WANTED: Readonly<Record<string, readonly string[]>> = {
  ocr_page: ['bbox', 'image'],
  ocr_carea: ['bbox'],
  ocr_line: ['bbox'],
  ocr_table: ['bbox'],
  ocrx_word: [],
}
const HEAD = ['ocr-system', 'ocr-capabilities', 'ocr-number-of-pages', 'ocr-langs', 'ocr-scripts']

/** What is wrong with a file; none is right. */
export function faultsOfHocr(root: XmlElement): readonly string[] {
  const elements = everyElement(root)
  const metas = new Map(
    elements.filter(({ name }) => name === 'meta').map(({ attributes }) => [attributes.name, attributes.content]),
  )
  const capabilities = (metas.get('ocr-capabilities') ?? '').split(' ')
  const ids = elements.flatMap(({ attributes }) => attributes.id ?? [])
  const marked = elements.filter(({ attributes }) => /^ocrx?_/.test(attributes.class ?? ''))
  const pages = marked.filter(({ attributes }) => attributes.class === 'ocr_page')
  return [
    ...HEAD.filter((name) => (metas.get(name) ?? '') === '').map((name) => `the head lacks ${name}`),
    ...(new Set(ids).size === ids.length ? [] : ['an id twice']),
    ...(String(pages.length) === metas.get('ocr-number-of-pages')
      ? []
      : [`${pages.length} pages are not what the head says`]),
    ...(root.attributes.lang === undefined || capabilities.includes('ocrp_lang')
      ? []
      : ['lang is not in the capabilities']),
    ...marked.flatMap((element) => faultsOfElement(element, capabilities)),
  ]
}

function faultsOfElement({ name, attributes }: XmlElement, capabilities: readonly string[]): readonly string[] {
  const kind = attributes.class ?? ''
  const wanted = WANTED[kind]
  if (wanted === undefined) return [`no class ${kind}`]
  const parts = (attributes.title ?? '').split(/;\s*(?=\w+ )/)
  const names = parts.map((part) => part.split(' ')[0] ?? '')
  const box = BOX.exec(parts[names.indexOf('bbox')] ?? '')
    ?.slice(1)
    .map(Number)
  const [x0 = 0, top = 0, x1 = 0, bottom = 0] = box ?? []
  return [
    ...(capabilities.includes(kind) ? [] : [`${kind} is not in the capabilities`]),
    ...wanted.filter((property) => !names.includes(property)).map((property) => `${kind} lacks ${property}`),
    ...parts.flatMap((part, index) => {
      const property = names[index] ?? ''
      const form = PROPERTIES[property]
      if (form === undefined) return [`no property ${property}`]
      return form.test(part) ? [] : [`a ${property} that is none: ${part}`]
    }),
    ...(new Set(names).size === names.length ? [] : ['a property twice']),
    ...(x1 >= x0 && bottom >= top ? [] : [`a box that is turned over: ${parts[names.indexOf('bbox')]}`]),
    ...(kind === 'ocr_page' && (x0 !== 0 || top !== 0) ? ['ocr_page does not begin at 0 0'] : []),
    ...(kind === 'ocr_line' && name !== 'span' ? [`ocr_line is a ${name}`] : []),
    ...(kind === 'ocr_table' && name !== 'table' ? [`ocr_table is a ${name}`] : []),
  ]
}
