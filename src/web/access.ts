import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'

/** Who may look, and from where. `token` null: only loopback, no token asked. */
export interface AccessRules {
  readonly token: string | null
  /** Names under which the page may be called (the Host header without port), lower case; null allows every name. */
  readonly hostNames: readonly string[] | null
  readonly usualReviewer: string
}

export interface Session {
  readonly reviewer: string
  /** What every change must bring along; another site cannot know it. */
  readonly csrf: string
}

/** Sessions live in a signed cookie: nothing is kept here, and they end with the process. */
export interface Access {
  readonly needsToken: boolean
  readonly usualReviewer: string
  isRightToken(token: string): boolean
  open(reviewer: string): string
  read(cookie: string | undefined): Session | null
  /** Refuses names that are not ours: a page of another site that resolves to this machine (DNS rebinding). */
  isOwnHost(host: string | undefined): boolean
  /** Whether a change comes from a page of this very server. */
  isOwnOrigin(origin: string | undefined, host: string | undefined): boolean
}

const LONGEST_NAME = 60

export function createAccess({ token, hostNames, usualReviewer }: AccessRules): Access {
  const secret = randomBytes(32)
  const sign = (text: string) => createHmac('sha256', secret).update(text).digest('base64url')

  return {
    needsToken: token !== null,
    usualReviewer,
    isRightToken: (given) => token === null || isEqual(given, token),
    open(reviewer) {
      const name = cleanName(reviewer) || usualReviewer
      const body = Buffer.from(JSON.stringify([name, randomBytes(16).toString('base64url')])).toString('base64url')
      return `${body}.${sign(body)}`
    },
    read(cookie) {
      const [body = '', signature = ''] = (cookie ?? '').split('.')
      if (body === '' || !isEqual(signature, sign(body))) return null
      const [reviewer] = JSON.parse(Buffer.from(body, 'base64url').toString('utf8')) as [string, string]
      return { reviewer, csrf: sign(`csrf/${body}`) }
    },
    isOwnHost: (host) => host !== undefined && (hostNames === null || hostNames.includes(nameOfHost(host))),
    isOwnOrigin(origin, host) {
      if (origin === undefined || host === undefined) return false
      return origin === `http://${host}` || origin === `https://${host}`
    },
  }
}

/** A name as it will stand in every judgement: one line, without control characters. */
export function cleanName(name: string): string {
  return name
    .normalize('NFC')
    .replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim()
    .slice(0, LONGEST_NAME)
}

function nameOfHost(host: string): string {
  return host.replace(/:\d+$/, '').toLowerCase()
}

/** In the same time whatever the difference. */
function isEqual(a: string, b: string): boolean {
  const digest = (text: string) => createHmac('sha256', 'compare').update(text).digest()
  return timingSafeEqual(digest(a), digest(b))
}
