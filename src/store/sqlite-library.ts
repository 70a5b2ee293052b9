import type { DatabaseSync } from '@photostructure/sqlite'

export type { DatabaseSync, DatabaseSyncInstance, StatementSyncInstance } from '@photostructure/sqlite'

/** The built-in node:sqlite where Node has it, else the package of the same interface. */
export async function loadDatabaseClass(): Promise<typeof DatabaseSync> {
  const builtIn = withoutSqliteWarning(() => process.getBuiltinModule?.('node:sqlite')) as
    | { readonly DatabaseSync: typeof DatabaseSync }
    | undefined
  return builtIn?.DatabaseSync ?? (await import('@photostructure/sqlite')).DatabaseSync
}

/** Node 22 warns of its SQLite once a process; what is used of it is the same in Node 24, and people can do nothing about it. */
function withoutSqliteWarning<T>(load: () => T): T {
  const { emitWarning } = process
  process.emitWarning = ((warning: string | Error, ...rest: unknown[]) => {
    if (!String(warning).includes('SQLite')) Reflect.apply(emitWarning, process, [warning, ...rest])
  }) as typeof process.emitWarning
  try {
    return load()
  } finally {
    process.emitWarning = emitWarning
  }
}
