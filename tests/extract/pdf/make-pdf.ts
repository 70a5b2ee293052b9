/**
 * A stream object of a made PDF: its dictionary without the brackets, and its bytes. `@name` in the dictionary stands for
 * a reference to the stream of that name in `references`.
 */
export interface MadeStream {
  readonly dictionary: string
  readonly bytes: Uint8Array | string
  readonly references?: Readonly<Record<string, MadeStream>>
}

export interface MadePage {
  readonly content: string
  readonly mediaBox?: string
  /** Further page keys, for instance '/Rotate 90'. */
  readonly keys?: string
  readonly xObjects?: Readonly<Record<string, MadeStream>>
}

/** Fonts that every made page has: F1 Helvetica, G1 Han text by UCS-2 codes, G2 the same in vertical writing. */
const FONTS = [
  '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
  hanFont('UniGB-UCS2-H'),
  hanFont('UniGB-UCS2-V'),
]

function hanFont(encoding: string): string {
  const system = '/CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >>'
  const descriptor = `<< /Type /FontDescriptor /FontName /STSong-Light /Flags 6 /FontBBox [-25 -254 1000 880]
    /ItalicAngle 0 /Ascent 880 /Descent -120 /CapHeight 880 /StemV 93 >>`
  const descendant = `<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light ${system} /FontDescriptor ${descriptor} >>`
  return `<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /${encoding} /DescendantFonts [${descendant}] >>`
}

/** Han text as a string operand for fonts G1 and G2. */
export function hanString(text: string): string {
  return `<${[...text].map((character) => character.codePointAt(0)?.toString(16).padStart(4, '0')).join('')}>`
}

/** Writes a small PDF, byte by byte what a test says. `trailer` adds keys to the trailer. */
export function makePdf(pages: readonly MadePage[], trailer = ''): Uint8Array {
  const objects: (string | MadeStream)[] = ['<< /Type /Catalog /Pages 2 0 R >>', '']
  const add = (object: string | MadeStream): number => {
    if (typeof object === 'string') return objects.push(object)
    const numbers = new Map(Object.entries(object.references ?? {}).map(([name, stream]) => [name, add(stream)]))
    const dictionary = object.dictionary.replaceAll(/@(\w+)/g, (_, name: string) => `${numbers.get(name)} 0 R`)
    return objects.push({ ...object, dictionary })
  }
  const fonts = FONTS.map(add)
  const [f1, g1, g2] = fonts
  const kids = pages.map(({ content, mediaBox = '0 0 400 300', keys = '', xObjects = {} }) => {
    const named = Object.entries(xObjects).map(([name, stream]) => `/${name} ${add(stream)} 0 R`)
    const resources = `<< /Font << /F1 ${f1} 0 R /G1 ${g1} 0 R /G2 ${g2} 0 R >> /XObject << ${named.join(' ')} >> >>`
    const stream = add({ dictionary: '', bytes: content })
    return add(
      `<< /Type /Page /Parent 2 0 R /MediaBox [${mediaBox}] ${keys} /Resources ${resources} /Contents ${stream} 0 R >>`,
    )
  })
  objects[1] = `<< /Type /Pages /Count ${kids.length} /Kids [${kids.map((kid) => `${kid} 0 R`).join(' ')}] >>`
  return writeObjects(objects, trailer)
}

/** Writes numbered objects, the catalogue first, with a table of their places; `trailer` adds keys to the trailer. */
export function writeObjects(objects: readonly (string | MadeStream)[], trailer = ''): Uint8Array {
  const parts: Buffer[] = [Buffer.from('%PDF-1.7\n')]
  let length = parts[0]?.length ?? 0
  const offsets = objects.map((object, index) => {
    const offset = length
    const body =
      typeof object === 'string'
        ? Buffer.from(object, 'latin1')
        : Buffer.concat([
            Buffer.from(`<< ${object.dictionary} /Length ${object.bytes.length} >>\nstream\n`, 'latin1'),
            typeof object.bytes === 'string' ? Buffer.from(object.bytes, 'latin1') : Buffer.from(object.bytes),
            Buffer.from('\nendstream'),
          ])
    const whole = Buffer.concat([Buffer.from(`${index + 1} 0 obj\n`), body, Buffer.from('\nendobj\n')])
    parts.push(whole)
    length += whole.length
    return offset
  })
  const table = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('')
  parts.push(
    Buffer.from(
      `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${table}trailer\n<< /Size ${objects.length + 1} /Root 1 0 R ${trailer} >>\nstartxref\n${length}\n%%EOF\n`,
    ),
  )
  return new Uint8Array(Buffer.concat(parts))
}

/** An RGB image XObject of `width` pixels a row. */
export function rgbImage(width: number, pixels: readonly (readonly [number, number, number])[], keys = ''): MadeStream {
  const height = pixels.length / width
  return {
    dictionary: `/Type /XObject /Subtype /Image /Width ${width} /Height ${height} /ColorSpace /DeviceRGB /BitsPerComponent 8 ${keys}`,
    bytes: Uint8Array.from(pixels.flat()),
  }
}
