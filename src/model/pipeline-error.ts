interface ErrorKind {
  readonly retryable: boolean
  readonly meaning: string
  readonly remedy: string
}

/** Every way in which a step can fail. docs/errors.md explains each (a test holds the two together). */
export const ERROR_KINDS = {
  'input/not-found': { retryable: false, meaning: 'there is no such file or folder', remedy: 'Check the path.' },
  'input/no-documents': {
    retryable: false,
    meaning: 'the folder holds no PDF',
    remedy: 'Name a PDF file, a folder that holds some, or a manifest CSV with a column "path".',
  },
  'input/bad-manifest': {
    retryable: false,
    meaning: 'the manifest cannot be read as CSV with a column "path" or "url"',
    remedy:
      'Give the manifest a header row with a column named path or url; publisher, fiscal_year, district, department and sha256 are optional.',
  },
  'input/bad-url': {
    retryable: false,
    meaning: 'the address is not one of http or https',
    remedy: 'Give a whole address that begins with http:// or https://.',
  },
  'input/address-refused': {
    retryable: false,
    meaning: 'the address leads into a private net',
    remedy: 'If that is meant, allow it with --allow-private-addresses.',
  },
  'input/download-failed': {
    retryable: true,
    meaning: 'the document could not be downloaded',
    remedy: 'Look at the address in a browser; run again, and what was received already is not fetched again.',
  },
  'input/download-too-large': {
    retryable: false,
    meaning: 'the download is larger than the limit',
    remedy: 'Raise the limit with GONGKAI_MAX_FILE_MIB.',
  },
  'input/hash-mismatch': {
    retryable: false,
    meaning: 'the content is not what the manifest says it is',
    remedy: 'Look at the file, and correct the sha256 in the manifest or fetch the document from another place.',
  },
  'document/unreadable': {
    retryable: true,
    meaning: 'the file could not be read',
    remedy: 'Check permissions and disk.',
  },
  'document/empty': { retryable: false, meaning: 'the file has no bytes', remedy: 'Download it again.' },
  'document/not-a-pdf': {
    retryable: false,
    meaning: 'the file is not a PDF',
    remedy: 'Open it and save it as PDF; a web page saved as .pdf is a common cause.',
  },
  'document/encrypted': {
    retryable: false,
    meaning: 'the file wants a password',
    remedy: 'Save a copy without the password and ingest that.',
  },
  'document/damaged': {
    retryable: false,
    meaning: 'the PDF is damaged beyond repair',
    remedy: 'Download it again, or try to repair it (for example with qpdf).',
  },
  'document/no-pages': { retryable: false, meaning: 'the PDF has no pages', remedy: 'Download it again.' },
  'document/too-large': {
    retryable: false,
    meaning: 'the file is larger than the limit',
    remedy: 'Split it, or raise the limit with GONGKAI_MAX_FILE_MIB.',
  },
  'document/too-many-pages': {
    retryable: false,
    meaning: 'the PDF has more pages than the limit',
    remedy: 'Choose some with --pages, or raise the limit with GONGKAI_MAX_PAGES.',
  },
  'document/no-such-pages': {
    retryable: false,
    meaning: 'the PDF has none of the pages asked for',
    remedy: 'Choose pages that it has with --pages.',
  },
  'document/changed': {
    retryable: false,
    meaning: 'the file changed while it was being read',
    remedy: 'Ingest it again.',
  },
  'document/unfinished': {
    retryable: true,
    meaning: 'the work on the document was begun and has not ended',
    remedy: 'Run the same command again; it goes on where it stopped.',
  },
  'document/timeout': {
    retryable: true,
    meaning: 'the document took longer to open or to put together than the limit and was stopped',
    remedy: 'Run again; raise the limit with GONGKAI_PAGE_TIMEOUT_S on a slow machine.',
  },
  'document/out-of-memory': {
    retryable: true,
    meaning: 'the document used more memory to open or to put together than the limit and was stopped',
    remedy: 'Run again with fewer --jobs, or raise the limit with GONGKAI_PAGE_MEMORY_MIB.',
  },
  'document/crash': {
    retryable: true,
    meaning: 'the process that opened the document or put it together died',
    remedy: 'Run again; if it happens again, report the document.',
  },
  'page/unreadable': {
    retryable: false,
    meaning: 'the page could not be opened',
    remedy: 'Look at the page in a viewer; the other pages are not touched by this.',
  },
  'page/picture-damaged': {
    retryable: false,
    meaning: 'a picture that is the page, or that may hold a table, cannot be decoded, or its data end early',
    remedy: 'Download the file again; if a viewer shows the page, print it to a new PDF and ingest that.',
  },
  'page/too-large': {
    retryable: false,
    meaning: 'the page has more pixels or objects than the limit',
    remedy: 'Scan it again at 200 to 300 dpi.',
  },
  'page/timeout': {
    retryable: true,
    meaning: 'the page took longer than the limit and was stopped',
    remedy: 'Run again; raise the limit with GONGKAI_PAGE_TIMEOUT_S on a slow machine.',
  },
  'page/out-of-memory': {
    retryable: true,
    meaning: 'the page used more memory than the limit and was stopped',
    remedy: 'Run again with fewer --jobs, or raise the limit with GONGKAI_PAGE_MEMORY_MIB.',
  },
  'page/crash': {
    retryable: true,
    meaning: 'the process that read the page died',
    remedy: 'Run again; if it happens again, report the document.',
  },
  'page/not-tried': {
    retryable: false,
    meaning: 'the document had used up its time on pages that gave nothing',
    remedy: 'Have the pages tried that were left: gongkai retry --code page/not-tried, then gongkai ingest again.',
  },
  'page/ocr-failed': { retryable: true, meaning: 'a reader failed on the page', remedy: 'Run again.' },
  'reader/unavailable': {
    retryable: false,
    meaning: 'no OCR engine could be loaded',
    remedy: 'Install again with npm ci; tesseract.js and its language data come with the package.',
  },
  'dictionaries/damaged': {
    retryable: false,
    meaning: 'the dictionaries that come with gongkai cannot be read',
    remedy: 'Install again; after an edit of your own run npm run check:dictionaries -- --update.',
  },
  'output/not-writable': {
    retryable: false,
    meaning: 'the output folder cannot be written',
    remedy:
      'Let the user that runs gongkai write there (in a container: the user node, number 1000, and a volume not mounted read-only), free some disk space, or choose another folder with --out; a second run resumes.',
  },
  'output/not-found': {
    retryable: false,
    meaning: 'the folder holds no results of gongkai',
    remedy: 'Name the folder that was given to ingest with --out.',
  },
  'store/unavailable': {
    retryable: true,
    meaning: 'the database of the store cannot be used',
    remedy: 'Start PostgreSQL or check the address given with --store; the same command then goes on where it stopped.',
  },
  'store/artefacts-unavailable': {
    retryable: true,
    meaning: 'the place of the artefacts cannot be used',
    remedy:
      'Check the folder or bucket given with --artefacts and, for S3, the keys and address in the environment (AWS_…); the same command then goes on where it stopped.',
  },
  'queue/unavailable': {
    retryable: true,
    meaning: 'the queue cannot be reached',
    remedy: 'Start Redis or check the address given with --queue; the same command then goes on where it stopped.',
  },
} as const satisfies Record<string, ErrorKind>

/** The code of a failure, `scope/what`; docs/errors.md explains each. */
export type ErrorCode = keyof typeof ERROR_KINDS

/** Failure of a step, scoped to a document or, where possible, to a page (1-based). */
export class PipelineError extends Error {
  readonly code: ErrorCode
  readonly pageNumber: number | null

  constructor(code: ErrorCode, detail: string, options: { pageNumber?: number; cause?: unknown } = {}) {
    super(`${ERROR_KINDS[code].meaning}: ${detail}`, options.cause === undefined ? {} : { cause: options.cause })
    this.name = 'PipelineError'
    this.code = code
    this.pageNumber = options.pageNumber ?? null
  }

  /** What to do about it, in words. */
  get remedy(): string {
    return ERROR_KINDS[this.code].remedy
  }

  /** Whether another try may succeed without any change. */
  get isRetryable(): boolean {
    return ERROR_KINDS[this.code].retryable
  }
}
