import type { ExpressionBuilder } from 'kysely'
import type { StoreSchema } from '../store/schema.ts'
import type { StoreQuery } from '../store/sql-dialect.ts'

/** A row where the queue is paused. */
export function pauseIn({ selectFrom }: ExpressionBuilder<StoreSchema, 'jobs'>) {
  return selectFrom('queue_switches').select('only_row').where('is_paused', '=', 1)
}

export async function isPaused(query: StoreQuery): Promise<boolean> {
  const row = await query.selectFrom('queue_switches').select('is_paused').executeTakeFirst()
  return row?.is_paused === 1
}

export async function setPaused(query: StoreQuery, isPaused: boolean): Promise<void> {
  const row = { is_paused: isPaused ? 1 : 0 }
  await query
    .insertInto('queue_switches')
    .values({ only_row: 1, ...row })
    .onConflict((conflict) => conflict.column('only_row').doUpdateSet(row))
    .execute()
}
