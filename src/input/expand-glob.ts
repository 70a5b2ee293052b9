import { relative, resolve, sep } from 'node:path'
import { PipelineError } from '../model/pipeline-error.ts'
import { statsOf, walkFolder } from './walk-folder.ts'

/** Whether a name is a pattern that a shell did not expand: it was quoted, or the system's shell never does. */
export function isGlob(name: string): boolean {
  return /[*?[{]/.test(name)
}

/**
 * The files that a pattern means: `*` and `?` within a name, `**` over folders, `[a-c]` and `{2024,2025}`.
 * Absolute paths, sorted. Throws input/no-documents when there is none.
 */
export function expandGlob(pattern: string): readonly string[] {
  const parts = resolve(pattern).split(sep)
  const fixed = parts.findIndex(isGlob)
  const base = parts.slice(0, fixed).join(sep) || sep
  const matcher = globToRegExp(parts.slice(fixed).join('/'))
  if (statsOf(base) === null) throw new PipelineError('input/not-found', base)
  const found = walkFolder(base)
    .entries.filter(({ path }) => matcher.test(relative(base, path).replaceAll(sep, '/')))
    .map(({ path }) => path)
    .filter((path) => statsOf(path)?.isFile() === true)
  if (found.length === 0) throw new PipelineError('input/no-documents', `${pattern} means no file`)
  return found.toSorted()
}

const TOKENS = /\*\*\/|\*\*|\*|\?|\[!?[^\]]+\]|\{[^{}]*\}|[\s\S]/g

function globToRegExp(glob: string): RegExp {
  const source = (glob.match(TOKENS) ?? []).map(tokenToSource).join('')
  return new RegExp(`^${source}$`)
}

function tokenToSource(token: string): string {
  if (token === '**/') return '(?:[^/]+/)*'
  if (token === '**') return '.*'
  if (token === '*') return '[^/]*'
  if (token === '?') return '[^/]'
  if (token.length > 2 && token.startsWith('[')) {
    const inside = token.slice(1, -1).replace(/^!/, '^').replaceAll('\\', '\\\\')
    return `[${inside}]`
  }
  if (token.length > 1) return `(?:${token.slice(1, -1).split(',').map(escapeForRegExp).join('|')})`
  return escapeForRegExp(token)
}

function escapeForRegExp(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&')
}
