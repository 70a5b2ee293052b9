import { createHash } from 'node:crypto'
import { Judgement, JudgementContent } from '../model/judgement.ts'
import type { StoreQuery } from './sql-dialect.ts'

/** What people said of fields. Rows are only ever added: the database itself refuses to change or remove one. */
export interface JudgementTable {
  /** Adds those that are not there yet and returns how many were. */
  add(judgements: readonly Judgement[]): Promise<number>
  /** In the order in which they were added. */
  all(): Promise<readonly Judgement[]>
  ofDocument(documentId: string): Promise<readonly Judgement[]>
  /**
   * One text a set of judgements of a document, whatever the order in which they came; null when there is none. What was
   * put together with judgements is kept under it.
   */
  stateOf(documentId: string): Promise<string | null>
}

const STATE_LENGTH = 12

export function judgementsIn(query: StoreQuery): JudgementTable {
  return {
    async add(judgements) {
      let added = 0
      for (const judgement of judgements) {
        const { judgementId, place, judgedAt } = judgement
        const result = await query
          .insertInto('judgements')
          .values({
            judgement_id: judgementId,
            document_id: place.documentId,
            judged_at: judgedAt,
            body: JSON.stringify(judgement),
          })
          .onConflict((conflict) => conflict.column('judgement_id').doNothing())
          .executeTakeFirst()
        added += Number(result.numInsertedOrUpdatedRows ?? 0)
      }
      return added
    },
    async all() {
      const rows = await query.selectFrom('judgements').select('body').orderBy('seq').execute()
      return rows.map(({ body }) => parseBody(body))
    },
    async ofDocument(documentId) {
      const rows = await query
        .selectFrom('judgements')
        .select('body')
        .where('document_id', '=', documentId)
        .orderBy('seq')
        .execute()
      return rows.map(({ body }) => parseBody(body))
    },
    async stateOf(documentId) {
      const rows = await query
        .selectFrom('judgements')
        .select('judgement_id')
        .where('document_id', '=', documentId)
        .execute()
      if (rows.length === 0) return null
      const ids = rows.map((row) => row.judgement_id).toSorted()
      return createHash('sha256').update(ids.join('\n')).digest('hex').slice(0, STATE_LENGTH)
    },
  }
}

function parseBody(body: string): Judgement {
  return Judgement.parse(JSON.parse(body))
}

/** Gives a judgement its id: the SHA-256 of its content, keys in the order of the schema. */
export function identifyJudgement(content: JudgementContent): Judgement {
  const inOrder = JudgementContent.parse(content)
  return { ...inOrder, judgementId: createHash('sha256').update(JSON.stringify(inOrder)).digest('hex') }
}

/** Whether a judgement from elsewhere is what its id says: nothing in it was changed. */
export function isGenuine({ judgementId, ...content }: Judgement): boolean {
  return identifyJudgement(content).judgementId === judgementId
}
