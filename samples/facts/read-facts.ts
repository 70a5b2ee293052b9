import { readFileSync } from 'node:fs'
import type { LineFields } from '../../bench/generate/sheet.ts'

/** One line of a scanned table, with what the scanner's text layer says in each of its cells, line by line. */
export interface FoundLine {
  readonly fields: LineFields
  readonly layer: readonly (readonly string[])[]
}

/** Reads a facts file beside this module. */
export function readFacts<T>(name: string): T {
  return JSON.parse(readFileSync(new URL(`./${name}.json`, import.meta.url), 'utf8')) as T
}
