import type { Check, GradedRecord, UnusedTable } from '../model/record.ts'
import type { ArtefactStore } from './artefacts.ts'
import type { Database } from './open-database.ts'

/** What the pages of one document came to: graded records and the equations behind them. */
export interface DocumentOutcome {
  readonly title: string | null
  readonly publisher: string | null
  readonly fiscalYear: number | null
  readonly records: readonly GradedRecord[]
  readonly checks: readonly Check[]
  readonly unusedTables: readonly UnusedTable[]
}

export interface AssemblyTable {
  save(jobId: string, documentId: string, outcome: DocumentOutcome): void
  has(jobId: string): boolean
  find(jobId: string): DocumentOutcome | null
  /** How much came out, without opening it; null when the job has not ended. */
  count(jobId: string): OutcomeCounts | null
}

export interface OutcomeCounts {
  readonly records: number
  readonly accepted: number
  readonly checks: number
  readonly holding: number
  readonly contradicted: number
}

export function assembliesIn(database: Database, artefacts: ArtefactStore): AssemblyTable {
  const hashOf = (jobId: string): string | null =>
    database.get<{ artefact: string }>('select artefact from assemblies where job_id = ?', jobId)?.artefact ?? null
  return {
    save(jobId, documentId, outcome) {
      const { records, checks } = outcome
      const checksOf = (kind: Check['outcome']) => checks.filter((check) => check.outcome === kind).length
      database.run(
        `insert or replace into assemblies(job_id, document_id, artefact, record_count, accepted_count, check_count,
           holding_count, contradicted_count)
         values (?, ?, ?, ?, ?, ?, ?, ?)`,
        jobId,
        documentId,
        artefacts.put(JSON.stringify(outcome)),
        records.length,
        records.filter((record) => record.status !== 'review').length,
        checks.length,
        checksOf('holds') + checksOf('repaired'),
        checksOf('contradicted'),
      )
    },
    count: (jobId) =>
      database.get<OutcomeCounts>(
        `select record_count as records, accepted_count as accepted, check_count as checks, holding_count as holding,
           contradicted_count as contradicted from assemblies where job_id = ?`,
        jobId,
      ) ?? null,
    has: (jobId) => hashOf(jobId) !== null,
    find(jobId) {
      const hash = hashOf(jobId)
      return hash === null ? null : (JSON.parse(artefacts.get(hash)) as DocumentOutcome)
    },
  }
}
