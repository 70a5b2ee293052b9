/** Two letters or figures: a lone stroke reads surely as some sign or other, whichever way round. */
const TWO_SIGNS = /[\p{L}\p{N}].*[\p{L}\p{N}]/u

/** Whether a text that was read says anything. */
export function saysSomething(text: string): boolean {
  return TWO_SIGNS.test(text)
}
