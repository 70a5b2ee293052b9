import { openDocumentBytes } from '../../queue/document-file.ts'
import { loadDictionaries } from '../../queue/load-dictionaries.ts'
import { checkSqlite } from '../../store/check-database.ts'
import { bad, type Finding, good, reasonOf } from './finding.ts'

export function checkDictionaries(): Finding {
  try {
    const { catalogues, forms } = loadDictionaries()
    return good('dictionaries', '{catalogues} catalogues and {forms} forms, all as they were published', {
      catalogues: catalogues.length,
      forms: forms.length,
    })
  } catch (error) {
    return bad(
      'dictionaries',
      '{reason}',
      'Install again; after an edit of your own run npm run check:dictionaries -- --update.',
      { reason: reasonOf(error) },
    )
  }
}

export async function checkStorage(): Promise<Finding> {
  try {
    return good('sqlite', 'SQLite {version}', { version: await checkSqlite() })
  } catch (error) {
    return bad(
      'sqlite',
      'SQLite does not load: {reason}',
      'Install gongkai again with npm, on a platform that it supports.',
      {
        reason: reasonOf(error),
      },
    )
  }
}

const DPI = 144
const DARK = 128
const LEAST_INK_PX = 40
const LATIN = 'A'
const HAN = '公'

/**
 * Opens a page that names its fonts and does not bring them: the ones that come with the package must stand in, and the
 * maps from codes to characters must be there.
 */
export async function checkFonts(): Promise<Finding> {
  const remedy = 'Install gongkai again with npm, on a platform that it supports.'
  try {
    const file = await openDocumentBytes(new TextEncoder().encode(samplePdf()))
    try {
      const page = await file.readPage(1)
      const text = page.words.map((word) => word.text).join('')
      if (!text.includes(LATIN) || !text.includes(HAN)) {
        return bad('fonts', 'the characters of a text layer are not found', remedy)
      }
      const { data, width, height } = await page.render(DPI)
      const ink = data.filter((value, index) => index % (data.length / (width * height)) === 0 && value < DARK).length
      if (ink < LEAST_INK_PX) return bad('fonts', 'text is not painted', remedy)
      return good('fonts', 'text layers are read and pages are painted')
    } finally {
      await file.close()
    }
  } catch (error) {
    return bad('fonts', 'pages cannot be painted: {reason}', remedy, { reason: reasonOf(error) })
  }
}

/** A page with a letter in Helvetica and a Han character in a font with Chinese codes. */
function samplePdf(): string {
  const code = HAN.codePointAt(0)?.toString(16).padStart(4, '0')
  const content = `BT /L 30 Tf 5 8 Td (${LATIN}) Tj /H 30 Tf 30 0 Td <${code}> Tj ET`
  return `%PDF-1.4
1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj
2 0 obj <</Type/Pages/Kids[3 0 R]/Count 1>> endobj
3 0 obj <</Type/Page/Parent 2 0 R/MediaBox[0 0 80 40]/Contents 4 0 R/Resources<</Font<</H 5 0 R/L 8 0 R>>>>>> endobj
4 0 obj <</Length ${content.length}>> stream
${content}
endstream endobj
5 0 obj <</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H/DescendantFonts[6 0 R]>> endobj
6 0 obj <</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/FontDescriptor 7 0 R
/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 2>>>> endobj
7 0 obj <</Type/FontDescriptor/FontName/STSong-Light/Flags 6/FontBBox[-25 -254 1000 880]/ItalicAngle 0
/Ascent 880/Descent -120/CapHeight 880/StemV 93>> endobj
8 0 obj <</Type/Font/Subtype/Type1/BaseFont/Helvetica>> endobj
trailer <</Root 1 0 R/Size 9>>
%%EOF`
}
