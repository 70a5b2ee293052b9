import type { Command } from 'commander'
import { type CommandResult, runDoctor, type Terminal } from '../main.ts'
import { addNotes } from './command-notes.ts'
import { addPlaceOptions, type PlaceFlags, toPlace } from './options.ts'

const DOCTOR_NOTES = `Looked at: Node, memory, disk, dictionaries, SQLite, fonts, both readers (each reads a small table), and the servers that
--queue, --store and --artefacts name. Exit code 0: all will work; 1: something will not.

Examples:
  gongkai doctor
  gongkai doctor --queue redis://queue:6379 --store postgres://gongkai@db/gongkai --json`

/** `doctor`. */
export function addDoctorCommand(
  program: Command,
  terminal: Terminal,
  conclude: (result: CommandResult) => void,
): void {
  const command = addNotes(program.command('doctor'), DOCTOR_NOTES)
    .description('check that all that reading needs is here and works, with what to do where it does not')
    .option('--out <dir>', 'the output folder that is meant to be used')
    .option('--json', 'as JSON')
  addPlaceOptions(command).action(async (flags: PlaceFlags & { json?: boolean }) => {
    conclude(await runDoctor({ place: toPlace(flags), format: flags.json === true ? 'json' : 'text' }, terminal))
  })
}
