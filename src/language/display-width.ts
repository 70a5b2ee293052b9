const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/

/** Columns that a text takes on a terminal: Han characters take two. */
export function displayWidth(text: string): number {
  return [...text].reduce((width, character) => width + (WIDE.test(character) ? 2 : 1), 0)
}

/** The text with blanks behind it up to a width in columns. */
export function padDisplay(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - displayWidth(text)))
}

/** Breaks a text into lines of at most `width` columns: at blanks, and between Han characters. */
export function wrapDisplay(text: string, width: number): string {
  return text
    .split('\n')
    .map((line) => wrapLine(line, Math.max(width, 1)))
    .join('\n')
}

/** What must not be parted, with the blanks before it; closing marks stay with what they close. */
const UNIT =
  /\s*(?:[\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff][，。；：、）”！？]*|[^\s\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff，。；：、）”！？]+[，。；：、）”！？]*|[，。；：、）”！？]+)/gu

function wrapLine(text: string, width: number): string {
  const lines: string[] = []
  let line = ''
  for (const [unit] of text.matchAll(UNIT)) {
    if (line !== '' && displayWidth(line + unit) > width) {
      lines.push(line)
      line = unit.trimStart()
    } else line += unit
  }
  return [...lines, line].join('\n')
}
