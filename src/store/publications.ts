import { z } from 'zod'
import type { StoreQuery } from './sql-dialect.ts'

const WrittenFiles = z.array(z.object({ name: z.string(), byteSize: z.number() }).readonly()).readonly()

/** Which state of the store the files of an output folder hold, and how large each file was when it was written. */
export interface Publication {
  readonly stateId: string
  readonly files: z.infer<typeof WrittenFiles>
}

export interface PublicationTable {
  /** `folder` tells the output folders of a store apart. */
  save(folder: string, publication: Publication): Promise<void>
  find(folder: string): Promise<Publication | null>
}

export function publicationsIn(query: StoreQuery): PublicationTable {
  return {
    async save(folder, { stateId, files }) {
      const row = { state_id: stateId, files: JSON.stringify(files) }
      await query
        .insertInto('publications')
        .values({ folder, ...row })
        .onConflict((conflict) => conflict.column('folder').doUpdateSet(row))
        .execute()
    },
    async find(folder) {
      const row = await query
        .selectFrom('publications')
        .select(['state_id', 'files'])
        .where('folder', '=', folder)
        .executeTakeFirst()
      return row === undefined ? null : { stateId: row.state_id, files: WrittenFiles.parse(JSON.parse(row.files)) }
    },
  }
}
