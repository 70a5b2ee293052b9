import type { PageExtract } from '../model/page.ts'

/** Share of letters and figures (0 to 1) from which characters are a text: of budget pages it is 0.8 and more, of noise under 0.3. */
const LEAST_LETTERS = 0.5
const LETTER = /[\p{L}\p{N}]/u

/** Fewer letters and figures are chance: noise that fills a page gives a few that readers are sure of. */
const LEAST_TEXT = 8

/** The engine's own confidence of a cell (0 to 1) from which its letters count: in noise it finds letters, and half believes them. */
const LEAST_CONFIDENCE = 0.6

/** Whether what was read of a page is a text: noise that is taken for one gives dots, dashes and letters that nobody is sure of. */
export function isLegible({ lines, tables }: Pick<PageExtract, 'lines' | 'tables'>): boolean {
  const cells = tables.flatMap((table) => table.cells)
  const isSure = ({ confidence }: (typeof cells)[number]) => confidence === null || confidence >= LEAST_CONFIDENCE
  const all = charactersOf([...lines, ...cells])
  const letters = charactersOf([...lines, ...cells.filter(isSure)]).filter((character) => LETTER.test(character))
  return letters.length >= LEAST_TEXT && letters.length >= LEAST_LETTERS * all.length
}

function charactersOf(texts: readonly { readonly text: string }[]): readonly string[] {
  return texts.flatMap(({ text }) => [...text.replaceAll(/\s/g, '')])
}
