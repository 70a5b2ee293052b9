import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { PipelineError } from '../model/pipeline-error.ts'
import { type CommandResult, EXIT_CODES, outputVoiceOf, type Terminal } from './terminal.ts'
import { findUnneededFiles, programFolder, trimRules, type UnneededFiles } from './trim/unneeded-files.ts'

export interface TrimCommand {
  /** Removes them; else they are only named. */
  readonly isMeant: boolean
}

const BYTES_PER_MIB = 2 ** 20

/**
 * `gongkai trim`: takes out of the installed packages what this machine never loads. Throws output/not-writable where a
 * file cannot be removed; the command can be given again.
 */
export async function runTrim({ isMeant }: TrimCommand, terminal: Terminal): Promise<CommandResult> {
  const { say } = outputVoiceOf(terminal)
  const from = join(programFolder(fileURLToPath(import.meta.url)), 'package.json')
  const found = findUnneededFiles(trimRules(process.platform, process.arch), from)
  if (isMeant) for (const { paths } of found) removeAll(paths)
  const bytes = found.reduce((sum, each) => sum + each.bytes, 0)
  const lines = found.map((each) => `${sizeOf(each).padStart(8)}  ${each.name}`)
  const end = isMeant
    ? say('{size} MiB removed', { size: toMib(bytes) })
    : say('{size} MiB can go; --yes removes them', { size: toMib(bytes) })
  const told = found.length === 0 ? [say('nothing is left to remove')] : [...lines, end]
  return { exitCode: EXIT_CODES.done, output: `${told.join('\n')}\n` }
}

function removeAll(paths: readonly string[]): void {
  for (const path of paths) {
    try {
      rmSync(path, { force: true })
    } catch (error) {
      const reason = error instanceof Error ? error.message : path
      throw new PipelineError('output/not-writable', reason, { cause: error })
    }
  }
}

function sizeOf({ bytes }: UnneededFiles): string {
  return `${toMib(bytes)} MiB`
}

function toMib(bytes: number): string {
  return (bytes / BYTES_PER_MIB).toFixed(1)
}
