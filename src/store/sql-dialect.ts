import type { Kysely } from 'kysely'
import type { StoreSchema } from './schema.ts'

export type SqlDialect = 'sqlite' | 'postgres'

/** Queries on the tables of a store: on their own, or inside the transaction from which this came. */
export type StoreQuery = Kysely<StoreSchema>
