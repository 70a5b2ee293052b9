import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { groupBy } from '../model/group-by.ts'
import { PipelineError } from '../model/pipeline-error.ts'
import { type DownloadOptions, downloadFile } from './download-file.ts'
import type { InputFailure, InputFile, InputUrl } from './input-file.ts'
import { shown } from './web-address.ts'

export interface DownloadAllOptions extends DownloadOptions {
  /** Between two requests to one host. */
  readonly pauseMs: number
  /** Told after each: how many are there, how many could not be had, and how many were asked for. */
  readonly onDownloaded: (progress: { readonly done: number; readonly failed: number; readonly total: number }) => void
}

export interface DownloadedAll {
  readonly files: readonly InputFile[]
  readonly failures: readonly InputFailure[]
}

/** Hosts that are asked at the same time. */
const HOSTS_AT_ONCE = 4

/** Downloads documents: from each host one after the other with a pause between, from several hosts side by side. */
export async function downloadAll(inputs: readonly InputUrl[], options: DownloadAllOptions): Promise<DownloadedAll> {
  const files: InputFile[] = []
  const failures: InputFailure[] = []
  const hosts = [...groupBy(inputs, ({ url }) => new URL(url).host).values()]

  async function fromHost(same: readonly InputUrl[]): Promise<void> {
    for (const input of same) {
      if (options.signal.aborted) return
      let wasAsked = true
      try {
        const { path, fileName, wasThere } = await downloadFile(input.url, options)
        files.push({ ...input, path, fileName })
        wasAsked = !wasThere
      } catch (error) {
        if (options.signal.aborted) return
        if (!(error instanceof PipelineError)) throw error
        failures.push({ path: shown(input.url), error })
      }
      options.onDownloaded({ done: files.length, failed: failures.length, total: inputs.length })
      if (wasAsked && input !== same.at(-1))
        await sleep(options.pauseMs, undefined, { signal: options.signal }).catch(() => undefined)
    }
  }

  async function line(): Promise<void> {
    for (let same = hosts.shift(); same !== undefined; same = hosts.shift()) await fromHost(same)
  }

  await Promise.all(Array.from({ length: HOSTS_AT_ONCE }, line))
  return { files, failures }
}

/** Files whose content is not what their manifest promised become failures. */
export async function checkHashes(files: readonly InputFile[]): Promise<DownloadedAll> {
  const sound: InputFile[] = []
  const failures: InputFailure[] = []
  for (const file of files) {
    const found = file.sha256 === null ? null : await hashOf(file.path)
    if (found === file.sha256 || found === null) sound.push(file)
    else {
      const path = file.url === null ? file.path : shown(file.url)
      failures.push({ path, error: new PipelineError('input/hash-mismatch', `${path} has ${found}`) })
    }
  }
  return { files: sound, failures }
}

/** Null for a file that cannot be read: whoever opens it tells why. */
async function hashOf(path: string): Promise<string | null> {
  const hash = createHash('sha256')
  try {
    for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer)
    return hash.digest('hex')
  } catch {
    return null
  }
}
