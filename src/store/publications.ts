import { z } from 'zod'
import type { Database } from './open-database.ts'

const WrittenFiles = z.array(z.object({ name: z.string(), byteSize: z.number() }).readonly()).readonly()

/** Which state of the store the output files hold, and how large each file was when it was written. */
export interface Publication {
  readonly stateId: string
  readonly files: z.infer<typeof WrittenFiles>
}

export interface PublicationTable {
  save(publication: Publication): void
  find(): Publication | null
}

export function publicationsIn(database: Database): PublicationTable {
  return {
    save({ stateId, files }) {
      database.run(
        'insert or replace into publications(only_row, state_id, files) values (1, ?, ?)',
        stateId,
        JSON.stringify(files),
      )
    },
    find() {
      const row = database.get<{ state_id: string; files: string }>('select state_id, files from publications')
      return row === undefined ? null : { stateId: row.state_id, files: WrittenFiles.parse(JSON.parse(row.files)) }
    },
  }
}
