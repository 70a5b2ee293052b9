import type { Argument, Command, Option } from 'commander'

export const SHELLS = ['bash', 'zsh', 'fish'] as const
export type Shell = (typeof SHELLS)[number]

/** What can follow a word: fixed words, or a path. */
type Completion = { readonly kind: 'words'; readonly words: readonly string[] } | { readonly kind: 'path' | 'folder' }

interface CompletableOption {
  readonly flags: readonly string[]
  readonly description: string
  /** Null where it takes no value. */
  readonly value: Completion | null
}

interface CompletableCommand {
  readonly name: string
  readonly description: string
  readonly options: readonly CompletableOption[]
  readonly argument: Completion | null
}

/** A script that a shell sources to complete commands, options, their values and paths. It asks nobody at run time. */
export function completionScript(program: Command, shell: Shell): string {
  const commands = program.commands.map(toCompletable)
  const global = toCompletable(program).options
  switch (shell) {
    case 'bash':
      return toBash(commands, global)
    case 'zsh':
      return toZsh(commands, global)
    case 'fish':
      return toFish(commands, global)
  }
}

function toCompletable(command: Command): CompletableCommand {
  const [argument] = command.registeredArguments
  return {
    name: command.name(),
    description: firstLine(command.description()),
    options: command
      .createHelp()
      .visibleOptions(command)
      .map((option) => ({
        flags: [option.short, option.long].flatMap((flag) => flag ?? []),
        description: firstLine(option.description),
        value: option.required || option.optional ? valueOfOption(option) : null,
      })),
    argument: argument === undefined ? null : valueOfArgument(argument),
  }
}

function valueOfOption(option: Option): Completion {
  if (option.argChoices !== undefined) return { kind: 'words', words: option.argChoices }
  if (/<(dir)>/.test(option.flags)) return { kind: 'folder' }
  return /<(file|path|place)>/.test(option.flags) ? { kind: 'path' } : { kind: 'words', words: [] }
}

function valueOfArgument(argument: Argument): Completion {
  if (argument.argChoices !== undefined) return { kind: 'words', words: argument.argChoices }
  return ['file', 'input', 'document'].includes(argument.name()) ? { kind: 'path' } : { kind: 'words', words: [] }
}

function firstLine(text: string): string {
  return text.split('\n')[0] ?? ''
}

function toBash(commands: readonly CompletableCommand[], global: readonly CompletableOption[]): string {
  const cases = commands.map(({ name, options, argument }) => {
    const values = options.flatMap(({ flags, value }) =>
      value === null ? [] : [`        ${flags.join('|')}) ${bashReply(value)}; return ;;`],
    )
    const flags = options.flatMap((option) => option.flags).join(' ')
    return `    ${name})
      case "$previous" in
${values.join('\n')}
      esac
      if [[ $current == -* ]]; then COMPREPLY=($(compgen -W '${flags}' -- "$current")); return; fi
      ${argument === null ? 'COMPREPLY=()' : bashReply(argument)} ;;`
  })
  const names = commands.map(({ name }) => name).join(' ')
  const globals = global.flatMap(({ flags }) => flags).join(' ')
  return `# bash completion for gongkai: source <(gongkai completion bash)
_gongkai() {
  local current=\${COMP_WORDS[COMP_CWORD]} previous=\${COMP_WORDS[COMP_CWORD-1]} command='' word
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    case "$word" in ${commands.map(({ name }) => name).join('|')}) command=$word; break ;; esac
  done
  case "$command" in
${cases.join('\n')}
    *) COMPREPLY=($(compgen -W '${names} help ${globals}' -- "$current")) ;;
  esac
}
complete -o filenames -o bashdefault -F _gongkai gongkai
`
}

function bashReply(completion: Completion): string {
  if (completion.kind === 'words') return `COMPREPLY=($(compgen -W '${completion.words.join(' ')}' -- "$current"))`
  return `mapfile -t COMPREPLY < <(compgen ${completion.kind === 'folder' ? '-d' : '-f'} -- "$current")`
}

function toZsh(commands: readonly CompletableCommand[], global: readonly CompletableOption[]): string {
  const cases = commands.map(
    ({ name, options, argument }) =>
      `      ${name}) _arguments ${[...options.map(zshOption), zshArgument(argument)].join(' ')} ;;`,
  )
  const names = commands.map(({ name, description }) => quote(`${name}:${description}`)).join(' ')
  return `#compdef gongkai
# zsh completion for gongkai: gongkai completion zsh > "\${fpath[1]}/_gongkai"
_gongkai() {
  local line state
  local -a commands
  _arguments -C ${global.map(zshOption).join(' ')} '1: :->command' '*:: :->arguments'
  case $state in
    command)
      commands=(${names})
      _describe command commands ;;
    arguments)
      case $line[1] in
${cases.join('\n')}
      esac ;;
  esac
}
if [ "$funcstack[1]" = "_gongkai" ]; then _gongkai "$@"; else compdef _gongkai gongkai; fi
`
}

function zshOption({ flags, description, value }: CompletableOption): string {
  const said = `[${description.replaceAll(/[[\]\\:]/g, '\\$&')}]`
  const names = flags.length > 1 ? `{${flags.join(',')}}` : (flags[0] ?? '')
  const action = value === null ? '' : `:value:${zshAction(value)}`
  return flags.length > 1 ? `${names}${quote(`${said}${action}`)}` : quote(`${names}${said}${action}`)
}

function zshArgument(argument: Completion | null): string {
  return argument === null ? '' : quote(`*:argument:${zshAction(argument)}`)
}

function zshAction(completion: Completion): string {
  if (completion.kind === 'words') return completion.words.length === 0 ? ' ' : `(${completion.words.join(' ')})`
  return completion.kind === 'folder' ? '_files -/' : '_files'
}

function toFish(commands: readonly CompletableCommand[], global: readonly CompletableOption[]): string {
  const names = commands.map(({ name }) => name).join(' ')
  const none = `not __fish_seen_subcommand_from ${names}`
  const lines = [
    ...global.map((option) => fishLine(`-n ${quote(none)}`, option)),
    ...commands.flatMap(({ name, description, options, argument }) => [
      `complete -c gongkai -f -n ${quote(none)} -a ${name} -d ${quote(description)}`,
      ...options.map((option) => fishLine(`-n ${quote(`__fish_seen_subcommand_from ${name}`)}`, option)),
      ...fishArgument(name, argument),
    ]),
  ]
  return `# fish completion for gongkai: gongkai completion fish > ~/.config/fish/completions/gongkai.fish\ncomplete -c gongkai -f\n${lines.join('\n')}\n`
}

function fishLine(condition: string, { flags, description, value }: CompletableOption): string {
  const names = flags.map((flag) => (flag.startsWith('--') ? `-l ${flag.slice(2)}` : `-s ${flag.slice(1)}`)).join(' ')
  return `complete -c gongkai ${condition} ${names} -d ${quote(description)}${value === null ? '' : ` ${fishValue(value)}`}`
}

function fishValue(value: Completion): string {
  if (value.kind === 'words') return value.words.length === 0 ? '-x' : `-x -a ${quote(value.words.join(' '))}`
  return value.kind === 'folder' ? `-x -a ${quote('(__fish_complete_directories)')}` : '-r -F'
}

function fishArgument(name: string, argument: Completion | null): readonly string[] {
  if (argument === null) return []
  const condition = `-n ${quote(`__fish_seen_subcommand_from ${name}`)}`
  if (argument.kind !== 'words') return [`complete -c gongkai ${condition} -F`]
  return argument.words.length === 0
    ? []
    : [`complete -c gongkai ${condition} -f -a ${quote(argument.words.join(' '))}`]
}

/** In single quotes for any of the three shells. */
function quote(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`
}
