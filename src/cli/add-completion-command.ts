import { Argument, type Command } from 'commander'
import { type CommandResult, EXIT_CODES } from '../main.ts'
import { addNotes } from './command-notes.ts'
import { completionScript, SHELLS, type Shell } from './completion-script.ts'

const COMPLETION_NOTES = `Examples:
  source <(gongkai completion bash)                                     # for this shell; put it into ~/.bashrc
  gongkai completion zsh > "\${fpath[1]}/_gongkai"
  gongkai completion fish > ~/.config/fish/completions/gongkai.fish`

/** `completion`. */
export function addCompletionCommand(program: Command, conclude: (result: CommandResult) => void): void {
  addNotes(program.command('completion'), COMPLETION_NOTES)
    .description('print a script that lets a shell complete commands, options and files')
    .addArgument(new Argument('<shell>', 'your shell').choices(SHELLS))
    .action((shell: Shell) => {
      conclude({ exitCode: EXIT_CODES.done, output: completionScript(program, shell) })
    })
}
