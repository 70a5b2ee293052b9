import { createHash, createHmac } from 'node:crypto'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'

/** The only keys that the server knows. */
const KEYS = { AWS_ACCESS_KEY_ID: 'reader', AWS_SECRET_ACCESS_KEY: 'secret/+key' }
const BUCKET = 'budgets'

export interface S3Server {
  /** What a client needs in its environment. */
  readonly environment: Readonly<Record<string, string>>
  readonly objects: ReadonlyMap<string, Buffer>
  close(): Promise<void>
}

/**
 * A server of its own for the three requests of the S3 protocol that are used (put, get and head an object, by path), with
 * one bucket 'budgets'. It computes the signature (version 4) and the hash of every request anew and refuses others.
 */
export async function startS3(): Promise<S3Server> {
  const objects = new Map<string, Buffer>()
  const server = createServer(async (request, response) => {
    const body = Buffer.concat(await request.toArray())
    const { status, code, bytes } = answer(objects, request, body)
    const isHead = request.method === 'HEAD'
    const error = `<?xml version="1.0"?><Error><Code>${code}</Code><Message>${code}</Message></Error>`
    response.writeHead(status, { 'content-type': 'application/xml' }).end(isHead ? '' : (bytes ?? (code ? error : '')))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    environment: { ...KEYS, AWS_ENDPOINT_URL_S3: `http://127.0.0.1:${port}`, AWS_REGION: 'eu-central-1' },
    objects,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  }
}

interface Answer {
  readonly status: number
  readonly code?: string
  readonly bytes?: Buffer
}

function answer(objects: Map<string, Buffer>, request: IncomingMessage, body: Buffer): Answer {
  const refusal = findForgery(request, body)
  if (refusal !== null) return { status: 403, code: refusal }
  const [, bucket, ...key] = new URL(request.url ?? '', 'http://s3').pathname.split('/')
  if (bucket !== BUCKET) return { status: 404, code: 'NoSuchBucket' }
  const name = decodeURIComponent(key.join('/'))
  if (request.method === 'PUT') {
    objects.set(name, body)
    return { status: 200 }
  }
  const bytes = objects.get(name)
  return bytes === undefined ? { status: 404, code: 'NoSuchKey' } : { status: 200, bytes }
}

const sha256 = (data: string | Buffer) => createHash('sha256').update(data).digest('hex')
const sign = (key: string | Buffer, text: string) => createHmac('sha256', key).update(text).digest()

/** Null for a request that is signed as Signature Version 4 wants it, else the error that S3 gives. */
function findForgery(request: IncomingMessage, body: Buffer): string | null {
  const headerOf = (name: string) => String(request.headers[name] ?? '')
  const pattern =
    /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d+)\/([^/]+)\/s3\/aws4_request, SignedHeaders=([^,]+), Signature=(\w+)$/
  const [, keyId, day = '', region = '', signedHeaders = '', signature] = pattern.exec(headerOf('authorization')) ?? []
  if (keyId === undefined) return 'AccessDenied'
  if (keyId !== KEYS.AWS_ACCESS_KEY_ID) return 'InvalidAccessKeyId'
  const payloadHash = headerOf('x-amz-content-sha256')
  if (payloadHash !== 'UNSIGNED-PAYLOAD' && payloadHash !== sha256(body)) return 'XAmzContentSHA256Mismatch'
  const url = new URL(request.url ?? '', 'http://s3')
  const canonical = [
    request.method,
    url.pathname,
    url.search.slice(1).split('&').toSorted().join('&'),
    ...signedHeaders.split(';').map((name) => `${name}:${headerOf(name).trim()}`),
    '',
    signedHeaders,
    payloadHash,
  ].join('\n')
  const scope = `${day}/${region}/s3/aws4_request`
  const text = ['AWS4-HMAC-SHA256', headerOf('x-amz-date'), scope, sha256(canonical)].join('\n')
  const key = ['s3', 'aws4_request'].reduce(sign, sign(sign(`AWS4${KEYS.AWS_SECRET_ACCESS_KEY}`, day), region))
  return sign(key, text).toString('hex') === signature ? null : 'SignatureDoesNotMatch'
}
