import type { Command } from 'commander'
import { type CommandResult, runTrim, type Terminal } from '../main.ts'
import { addNotes } from './command-notes.ts'

const TRIM_NOTES = `Removed are libraries of other platforms, builds for browsers, and variants and models that gongkai never loads, from the
packages beside it; both readers stay. Do not use it where another program shares these packages, or where the folder is
copied to another kind of machine. An npm install or npm ci puts everything back.

Examples:
  gongkai trim               what could go, and how much it is
  gongkai trim --yes && gongkai doctor`

/** `trim`. */
export function addTrimCommand(program: Command, terminal: Terminal, conclude: (result: CommandResult) => void): void {
  addNotes(program.command('trim'), TRIM_NOTES)
    .description('make the installation smaller: take out what this machine never loads')
    .option('--yes', 'remove it; without, it is only named')
    .action(async (flags: { yes?: boolean }) => {
      conclude(await runTrim({ isMeant: flags.yes === true }, terminal))
    })
}
