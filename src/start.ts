#!/usr/bin/env node
import { sayLoadFailure } from './language/say-load-failure.ts'
import { voiceFor } from './language/voice.ts'

/** What the command `gongkai` starts: the command line, or in words why it cannot be loaded. */
const program = await import('./cli.ts').catch((error: unknown) => {
  process.stderr.write(`gongkai: ${sayLoadFailure(error, voiceFor(process.env, false))}\n`)
  return null
})
process.exitCode = program === null ? 1 : await program.runCommandLine(process.argv.slice(2), program.createTerminal())
