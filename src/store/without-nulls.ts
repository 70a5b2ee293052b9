/**
 * A value for a statement, where it is a text with U+FFFD for the character 0: what a document or a manifest says of itself may hold it,
 * PostgreSQL refuses it, and of a text in SQLite it is the end.
 */
export function withoutNulls<Value>(parameter: Value): Value | string {
  return typeof parameter === 'string' && parameter.includes('\0') ? parameter.replaceAll('\0', '\ufffd') : parameter
}
