import type { DatabaseSync } from '@photostructure/sqlite'

export type { DatabaseSync, DatabaseSyncInstance, StatementSyncInstance } from '@photostructure/sqlite'

/** The built-in node:sqlite where Node has it, else the package of the same interface. */
export async function loadDatabaseClass(): Promise<typeof DatabaseSync> {
  const builtIn = process.getBuiltinModule?.('node:sqlite') as { DatabaseSync: typeof DatabaseSync } | undefined
  return builtIn?.DatabaseSync ?? (await import('@photostructure/sqlite')).DatabaseSync
}
