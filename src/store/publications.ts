import { z } from 'zod'
import type { StoreQuery } from './sql-dialect.ts'

const WrittenFiles = z.array(z.object({ name: z.string(), byteSize: z.number() }).readonly()).readonly()

/** Which state of the store the output files hold, and how large each file was when it was written. */
export interface Publication {
  readonly stateId: string
  readonly files: z.infer<typeof WrittenFiles>
}

export interface PublicationTable {
  save(publication: Publication): Promise<void>
  find(): Promise<Publication | null>
}

export function publicationsIn(query: StoreQuery): PublicationTable {
  return {
    async save({ stateId, files }) {
      const row = { state_id: stateId, files: JSON.stringify(files) }
      await query
        .insertInto('publications')
        .values({ only_row: 1, ...row })
        .onConflict((conflict) => conflict.column('only_row').doUpdateSet(row))
        .execute()
    },
    async find() {
      const row = await query.selectFrom('publications').select(['state_id', 'files']).executeTakeFirst()
      return row === undefined ? null : { stateId: row.state_id, files: WrittenFiles.parse(JSON.parse(row.files)) }
    },
  }
}
