import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { Judgement, JudgementContent } from '../model/judgement.ts'
import type { SqlDialect, StoreQuery } from './sql-dialect.ts'

/** What people said of fields. Rows are only ever added: the database itself refuses to change or remove one. */
export interface JudgementTable {
  /** Adds those that are not there yet and returns how many were. */
  add(judgements: readonly Judgement[]): Promise<number>
  /** In the order in which they were added. */
  all(): Promise<readonly Judgement[]>
  /** Those that were added after the mark of an earlier call, 0 for all, with the mark for the next. */
  since(mark: number): Promise<AddedJudgements>
  ofDocument(documentId: string): Promise<readonly Judgement[]>
  /**
   * One text a set of judgements of a document, whatever the order in which they came; null when there is none. What was
   * put together with judgements is kept under it.
   */
  stateOf(documentId: string): Promise<string | null>
}

export interface AddedJudgements {
  readonly judgements: readonly Judgement[]
  readonly mark: number
}

const STATE_LENGTH = 12
/** Any number that no other lock of the program has. */
const APPEND_LOCK = 7_204_118

export function judgementsIn(query: StoreQuery, dialect: SqlDialect): JudgementTable {
  return {
    async add(judgements) {
      // Sequences run ahead of commits: without it a reader could see number 5 before number 4 is there, and never look back.
      if (dialect === 'postgres') await sql`select pg_advisory_xact_lock(${APPEND_LOCK})`.execute(query)
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
    async since(mark) {
      const rows = await query
        .selectFrom('judgements')
        .select(['seq', 'body'])
        .where('seq', '>', mark)
        .orderBy('seq')
        .execute()
      return { judgements: rows.map(({ body }) => parseBody(body)), mark: rows.at(-1)?.seq ?? mark }
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
