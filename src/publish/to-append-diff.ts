const CONTEXT_LINES = 3

/**
 * A unified diff that adds lines at the end of a text file, as `git apply` and `patch` take it; '' for no lines. `path` is
 * relative to where the diff will be applied.
 */
export function toAppendDiff(path: string, text: string, added: readonly string[]): string {
  if (added.length === 0) return ''
  const lines = text.replace(/\n$/, '').split('\n')
  const context = lines.slice(-CONTEXT_LINES)
  const start = lines.length - context.length + 1
  return [
    `--- a/${path}`,
    `+++ b/${path}`,
    `@@ -${start},${context.length} +${start},${context.length + added.length} @@`,
    ...context.map((line) => ` ${line}`),
    ...added.map((line) => `+${line}`),
    '',
  ].join('\n')
}
