import type { PageExtract } from '../model/page.ts'

/** Share of letters and figures (0 to 1) from which characters are a text: of budget pages it is 0.8 and more, of noise under 0.3. */
const LEAST_LETTERS = 0.5
const LETTER = /[\p{L}\p{N}]/u

/** Whether what was read of a page is a text: noise that is taken for one gives dots, dashes and brackets. */
export function isLegible({ lines, tables }: Pick<PageExtract, 'lines' | 'tables'>): boolean {
  const cells = tables.flatMap((table) => table.cells)
  const characters = [...lines, ...cells].flatMap(({ text }) => [...text.replaceAll(/\s/g, '')])
  const letters = characters.filter((character) => LETTER.test(character)).length
  return letters > 0 && letters >= LEAST_LETTERS * characters.length
}
