import { basename } from 'node:path'
import { UsageError } from '../model/usage-error.ts'

/** Says of a document that it has none of the pages asked for; `asked` is the option as it was given. */
export function noSuchPage(file: string, pageCount: number, asked: string): UsageError {
  const pages = pageCount === 1 ? '1 page' : `${pageCount} pages, 1 to ${pageCount}`
  return new UsageError(`${basename(file)} has ${pages}; ${asked} names none of them`)
}
