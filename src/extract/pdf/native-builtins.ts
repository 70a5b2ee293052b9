// To be imported before pdf.js is: what stands here is what the engine brings.
const { parse, stringify } = JSON
const { push } = Array.prototype

/**
 * Gives back to the whole process what the legacy build of pdf.js replaces as it loads. Its polyfills read and write JSON in
 * JavaScript, on Node 20 at many times the time and memory, for a feature that nobody here uses; the one of `push` is slower too.
 */
export function restoreBuiltins(): void {
  JSON.parse = parse
  JSON.stringify = stringify
  Array.prototype.push = push
}
