import type { StoreQuery } from './sql-dialect.ts'

export interface StoredIndex {
  readonly indexId: string
  readonly body: string
}

/** What the review page knows of each document without opening it, as JSON; `indexId` says what it was made from. */
export interface ReviewIndexTable {
  save(documentId: string, indexId: string, body: string): Promise<void>
  all(): Promise<ReadonlyMap<string, StoredIndex>>
  /** Null for a document that has not been looked through. */
  find(documentId: string): Promise<StoredIndex | null>
}

export function reviewIndexesIn(query: StoreQuery): ReviewIndexTable {
  return {
    async save(documentId, indexId, body) {
      await query
        .insertInto('review_indexes')
        .values({ document_id: documentId, index_id: indexId, body })
        .onConflict((conflict) => conflict.column('document_id').doUpdateSet({ index_id: indexId, body }))
        .execute()
    },
    async find(documentId) {
      const row = await query
        .selectFrom('review_indexes')
        .selectAll()
        .where('document_id', '=', documentId)
        .executeTakeFirst()
      return row === undefined ? null : { indexId: row.index_id, body: row.body }
    },
    async all() {
      const rows = await query.selectFrom('review_indexes').selectAll().execute()
      return new Map(rows.map((row) => [row.document_id, { indexId: row.index_id, body: row.body }]))
    },
  }
}
