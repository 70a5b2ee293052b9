import type { Check, GradedRecord, UnusedTable } from '../model/record.ts'
import { type ArtefactStore, type PackedText, packParts, unpackText } from './artefacts.ts'
import { selectIn } from './select-in.ts'
import type { StoreQuery } from './sql-dialect.ts'

/** What the pages of one document came to: graded records and the equations behind them. */
export interface DocumentOutcome {
  readonly title: string | null
  readonly publisher: string | null
  readonly fiscalYear: number | null
  readonly records: readonly GradedRecord[]
  readonly checks: readonly Check[]
  readonly unusedTables: readonly UnusedTable[]
  /** What was noticed in reading a page, in words; pages without are left out. Missing in what older versions kept. */
  readonly pageWarnings?: readonly PageWarnings[]
}

/** What was noticed in reading one page, in words. */
export interface PageWarnings {
  readonly pageNumber: number
  readonly warnings: readonly string[]
}

/** An outcome as the tables know it: its artefact, and how much came out without opening it. */
export interface StoredAssembly {
  readonly jobId: string
  readonly artefact: string
  readonly records: number
  readonly accepted: number
  readonly checks: number
  readonly holding: number
  readonly contradicted: number
  /** Tables with amounts that gave no records. */
  readonly unread: number
}

export interface AssemblyTable {
  /** Keeps what a job gave; the same job writing again replaces itself. */
  save(documentId: string, assembly: StoredAssembly): Promise<void>
  has(jobId: string): Promise<boolean>
  /** Forgets all that was put together of a document. */
  forget(documentId: string): Promise<void>
  /** Null when the job has not ended. */
  find(jobId: string): Promise<StoredAssembly | null>
  /** Those of these jobs that have ended, by job id. */
  findAll(jobIds: readonly string[]): Promise<ReadonlyMap<string, StoredAssembly>>
}

const COLUMNS = [
  'job_id as jobId',
  'artefact',
  'record_count as records',
  'accepted_count as accepted',
  'check_count as checks',
  'holding_count as holding',
  'contradicted_count as contradicted',
  'unread_count as unread',
] as const

export function assembliesIn(query: StoreQuery): AssemblyTable {
  const find = async (jobId: string) =>
    (await query.selectFrom('assemblies').select(COLUMNS).where('job_id', '=', jobId).executeTakeFirst()) ?? null
  return {
    find,
    has: async (jobId) => (await find(jobId)) !== null,
    async findAll(jobIds) {
      const found = await selectIn(jobIds, (some) =>
        query.selectFrom('assemblies').select(COLUMNS).where('job_id', 'in', some).execute(),
      )
      return new Map(found.map((assembly) => [assembly.jobId, assembly]))
    },
    async forget(documentId) {
      await query.deleteFrom('assemblies').where('document_id', '=', documentId).execute()
    },
    async save(documentId, { jobId, artefact, records, accepted, checks, holding, contradicted, unread }) {
      const row = {
        document_id: documentId,
        artefact,
        record_count: records,
        accepted_count: accepted,
        check_count: checks,
        holding_count: holding,
        contradicted_count: contradicted,
        unread_count: unread,
      }
      await query
        .insertInto('assemblies')
        .values({ job_id: jobId, ...row })
        .onConflict((conflict) => conflict.column('job_id').doUpdateSet(row))
        .execute()
    },
  }
}

/** An outcome as it is kept, with its counts. */
export interface PackedOutcome {
  readonly packed: PackedText
  readonly counts: Omit<StoredAssembly, 'jobId' | 'artefact'>
}

export function packOutcome(outcome: DocumentOutcome): PackedOutcome {
  return { packed: packParts(outcomeToJson(outcome)), counts: countOutcome(outcome) }
}

/** The outcome as JSON, record by record: those of two thousand pages are hundreds of megabytes. */
function* outcomeToJson({ records, ...rest }: DocumentOutcome): Generator<string> {
  yield `${JSON.stringify(rest).slice(0, -1)},"records":[`
  for (const [index, record] of records.entries()) yield `${index === 0 ? '' : ','}${JSON.stringify(record)}`
  yield ']}'
}

export function unpackOutcome({ packed }: PackedOutcome): DocumentOutcome {
  return JSON.parse(unpackText(packed)) as DocumentOutcome
}

/** Puts an outcome among the artefacts. */
export async function keepOutcome(
  artefacts: ArtefactStore,
  jobId: string,
  { packed, counts }: PackedOutcome,
): Promise<StoredAssembly> {
  return { jobId, artefact: await artefacts.put(packed), ...counts }
}

function countOutcome({ records, checks, unusedTables }: DocumentOutcome): PackedOutcome['counts'] {
  const checksOf = (kind: Check['outcome']) => checks.filter((check) => check.outcome === kind).length
  return {
    records: records.length,
    accepted: records.filter((record) => record.status !== 'review').length,
    checks: checks.length,
    holding: checksOf('holds') + checksOf('repaired'),
    contradicted: checksOf('contradicted'),
    unread: unusedTables.filter(({ amounts }) => amounts > 0).length,
  }
}

/** Opens what an assembly came to. */
export async function readOutcome(artefacts: ArtefactStore, { artefact }: StoredAssembly): Promise<DocumentOutcome> {
  return JSON.parse(await artefacts.get(artefact)) as DocumentOutcome
}
