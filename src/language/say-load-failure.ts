import type { Voice } from './voice.ts'

/** What is said where the program itself cannot be loaded: mostly a package that an installation left out. */
export function sayLoadFailure(error: unknown, { say }: Voice): string {
  const reason = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error)
  return [
    say('a package that gongkai needs cannot be loaded: {reason}', { reason }),
    `  ${say('Install gongkai again with npm; optional packages must not be left out (--omit=optional).')}`,
  ].join('\n')
}
