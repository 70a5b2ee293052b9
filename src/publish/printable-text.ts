/** Text for a terminal: names and messages come from strangers' files and must not steer it. */
export function printableText(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is to be taken out
  return text.replaceAll(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/g, '\ufffd')
}

/** The same in one line: a file name may hold line ends, and must not pass for lines of ours. */
export function printableLine(text: string): string {
  return printableText(text).replaceAll('\n', '\ufffd')
}
