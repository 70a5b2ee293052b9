import { createReadStream, createWriteStream, statSync } from 'node:fs'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { GetObjectCommand, HeadObjectCommand, PutObjectCommand, S3Client, S3ServiceException } from '@aws-sdk/client-s3'
import { PipelineError } from '../model/pipeline-error.ts'
import type { BlobStore } from './blobs.ts'

const TRIES = 5

/**
 * Blobs as objects of an S3-compatible store, named s3://bucket/prefix. Address, region and keys come from the environment
 * as with every AWS tool: AWS_ENDPOINT_URL_S3 (or AWS_ENDPOINT_URL), AWS_REGION, AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY.
 */
export function blobsInS3(place: string): BlobStore {
  const url = new URL(place)
  const Bucket = url.hostname
  const prefix = url.pathname.split('/').filter(Boolean)
  const endpoint = process.env.AWS_ENDPOINT_URL_S3 ?? process.env.AWS_ENDPOINT_URL
  // Which versions of Node a library will want next year is no message for those who read budgets.
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true'
  const client = new S3Client({
    region: process.env.AWS_REGION ?? 'us-east-1',
    maxAttempts: TRIES,
    // Servers of one's own are reached by address, and know the checksums of the protocol, not Amazon's later ones.
    ...(endpoint === undefined ? {} : { endpoint, forcePathStyle: true }),
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
  })
  const keyOf = (name: string) => ({ Bucket, Key: [...prefix, name].join('/') })

  async function read(name: string): Promise<Readable | null> {
    const { Body } = (await client.send(new GetObjectCommand(keyOf(name))).catch(nullWhenMissing)) ?? {}
    return (Body as Readable | undefined) ?? null
  }

  return {
    async has(name) {
      return (await client.send(new HeadObjectCommand(keyOf(name))).catch(nullWhenMissing)) !== null
    },
    async put(name, bytes) {
      await client.send(new PutObjectCommand({ ...keyOf(name), Body: bytes })).catch(fail)
    },
    async putFile(name, path) {
      const upload = { ...keyOf(name), Body: createReadStream(path), ContentLength: statSync(path).size }
      await client.send(new PutObjectCommand(upload)).catch(fail)
    },
    async get(name) {
      const body = await read(name)
      return body === null ? null : Buffer.concat(await body.toArray().catch(fail))
    },
    async getFile(name, path) {
      const body = await read(name)
      if (body === null) return false
      await pipeline(body, createWriteStream(path, { flags: 'wx', mode: 0o600 })).catch(fail)
      return true
    },
    close: () => client.destroy(),
  }
}

function nullWhenMissing(error: unknown): null {
  if (error instanceof S3ServiceException && ['NotFound', 'NoSuchKey'].includes(error.name)) return null
  return fail(error)
}

function fail(error: unknown): never {
  const detail = error instanceof Error ? `${error.name}: ${error.message}` : String(error)
  throw new PipelineError('store/artefacts-unavailable', detail, { cause: error })
}
