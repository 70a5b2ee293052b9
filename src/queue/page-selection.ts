import { UsageError } from '../model/usage-error.ts'

/** Which pages of a document are wanted. */
export interface PageSelection {
  /** The wanted pages of a document of `pageCount` pages: 1-based, ascending, each once. */
  filter(pageCount: number): readonly number[]
}

const RANGE = /^(\d+)(?:-(\d+)?)?$/

/**
 * Reads 'all' or a list such as '3-7,9' or '12-' (to the end).
 * Throws UsageError, in words for the user, for anything else.
 */
export function parsePageSelection(text: string): PageSelection {
  const ranges = text === 'all' ? [{ first: 1, last: Number.POSITIVE_INFINITY }] : text.split(',').map(parseRange)
  return {
    filter: (pageCount) =>
      Array.from({ length: pageCount }, (_, pageIndex) => pageIndex + 1).filter((pageNumber) =>
        ranges.some(({ first, last }) => pageNumber >= first && pageNumber <= last),
      ),
  }
}

function parseRange(text: string): { readonly first: number; readonly last: number } {
  const match = RANGE.exec(text.trim())
  const first = Number(match?.[1] ?? 0)
  const isOpen = text.includes('-') && match?.[2] === undefined
  const last = isOpen ? Number.POSITIVE_INFINITY : Number(match?.[2] ?? first)
  if (match === null || first < 1 || last < first) {
    throw new UsageError('"{text}" is not a page or a range of pages; write for example 3-7 or 3,5,9-12', { text })
  }
  return { first, last }
}
