import { type IncomingMessage, request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'
import { PipelineError } from '../model/pipeline-error.ts'
import { assertPublicHost, lookupPublic } from './public-address.ts'
import { parseDocumentUrl, shown } from './web-address.ts'

export interface RequestOptions {
  readonly headers: Readonly<Record<string, string>>
  readonly mayBePrivate: boolean
  /** Ends the request, also while the answer is being received. */
  readonly signal: AbortSignal
}

const MOST_REDIRECTS = 5
const SILENCE_MS = 30_000
export const USER_AGENT = 'gongkai (open budget data; reads each published document once)'

/** Asks for a document and follows redirects, each checked like the first address. Throws PipelineError input/*. */
export async function requestDocument(url: string, options: RequestOptions): Promise<IncomingMessage> {
  let address = url
  for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects += 1) {
    const response = await send(address, options)
    const { location } = response.headers
    const isRedirect = [301, 302, 303, 307, 308].includes(response.statusCode ?? 0) && location !== undefined
    if (!isRedirect) return response
    response.destroy()
    address = parseDocumentUrl(new URL(location, address).href)
  }
  throw new PipelineError('input/download-failed', `${shown(url)} leads on and on`)
}

function send(address: string, { headers, mayBePrivate, signal }: RequestOptions): Promise<IncomingMessage> {
  const url = new URL(address)
  if (!mayBePrivate) assertPublicHost(url.hostname)
  const request = url.protocol === 'https:' ? requestHttps : requestHttp
  return new Promise((resolve, reject) => {
    const sent = request(url, {
      headers: { 'user-agent': USER_AGENT, accept: 'application/pdf,*/*', 'accept-encoding': 'identity', ...headers },
      ...(mayBePrivate ? {} : { lookup: lookupPublic }),
      timeout: SILENCE_MS,
      signal,
    })
    sent.once('timeout', () => sent.destroy(new Error(`nothing was heard for ${SILENCE_MS / 1000} s`)))
    sent.once('response', resolve)
    sent.once('error', reject)
    sent.end()
  })
}
