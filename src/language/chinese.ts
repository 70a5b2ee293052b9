import { CHINESE_ERRORS } from './chinese-errors.ts'
import { CHINESE_HELP } from './chinese-help.ts'
import { CHINESE_INSPECTION } from './chinese-inspection.ts'
import { CHINESE_MESSAGES } from './chinese-messages.ts'
import { CHINESE_NOTES } from './chinese-notes.ts'

/** Every English text that a person at a terminal may read, and the same in Chinese, with the same `{name}` places. */
export const CHINESE: Readonly<Record<string, string>> = {
  ...CHINESE_ERRORS,
  ...CHINESE_HELP,
  ...CHINESE_INSPECTION,
  ...CHINESE_MESSAGES,
  ...CHINESE_NOTES,
}
