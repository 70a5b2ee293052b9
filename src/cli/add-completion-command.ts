import { Argument, type Command } from 'commander'
import { type CommandResult, EXIT_CODES } from '../main.ts'
import { completionScript, SHELLS, type Shell } from './completion-script.ts'

/** `completion`. */
export function addCompletionCommand(program: Command, conclude: (result: CommandResult) => void): void {
  program
    .command('completion')
    .description('print a script that lets a shell complete commands, options and files')
    .addArgument(new Argument('<shell>', 'your shell').choices(SHELLS))
    .addHelpText(
      'after',
      `
Examples:
  source <(gongkai completion bash)                                     # for this shell; put it into ~/.bashrc
  gongkai completion zsh > "\${fpath[1]}/_gongkai"
  gongkai completion fish > ~/.config/fish/completions/gongkai.fish`,
    )
    .action((shell: Shell) => {
      conclude({ exitCode: EXIT_CODES.done, output: completionScript(program, shell) })
    })
}
