import { PipelineError } from '../model/pipeline-error.ts'

/** Whether a name is meant as an address on the web. */
export function isWebAddress(name: string): boolean {
  return /^[a-z][a-z0-9+.-]*:\/\//i.test(name)
}

/** An address in its normal form. Throws input/bad-url for one that is none, or is not of http or https. */
export function parseDocumentUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null
  if (url === null || !['http:', 'https:'].includes(url.protocol)) throw new PipelineError('input/bad-url', shown(text))
  url.hash = ''
  return url.href
}

/** An address as it may be shown: without user and password. */
export function shown(address: string): string {
  return address.replace(/\/\/[^@/?#]*@/, '//')
}

/** The name of the file at an address, for people. */
export function fileNameOf(url: string): string {
  const last = new URL(url).pathname.split('/').findLast((part) => part !== '') ?? new URL(url).hostname
  return safeFileName(decode(last))
}

/** A name that others chose, made fit to be shown and stored: no folders, no control characters, not too long. */
export function safeFileName(name: string): string {
  const last = name.split(/[/\\]/).at(-1) ?? ''
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
  const clean = last.replace(/[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2066-\u2069]/g, '').trim()
  return clean.replace(/^\.+/, '').slice(-MOST_CHARACTERS) || 'document.pdf'
}

const MOST_CHARACTERS = 150

function decode(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}
