import { basename } from 'node:path'
import { UsageError } from '../model/usage-error.ts'

/** Says of a document that it has none of the pages asked for; `asked` is the option as it was given. */
export function noSuchPage(file: string, pageCount: number, asked: string): UsageError {
  const values = { file: basename(file), count: pageCount, asked }
  if (pageCount === 1) return new UsageError('{file} has 1 page; {asked} names none of them', values)
  return new UsageError('{file} has {count} pages, 1 to {count}; {asked} names none of them', values)
}
