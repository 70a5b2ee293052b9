import type { Judgement } from '../model/judgement.ts'
import type { AuditPlan } from '../review/audit-sample.ts'
import { type DocumentIndex, indexDocument } from '../review/index-document.ts'
import { settleJudgements } from '../review/settle-judgements.ts'
import type { DocumentOutcome } from '../store/assemblies.ts'
import type { Store } from '../store/open-store.ts'
import type { DocumentJudgements } from './assemble-reviewed.ts'
import { extractorVersionOf } from './plan-document.ts'

/** Bump when an index of the same outcome would say something else. */
const INDEX_VERSION = 3

/** What an index is made from: the assembly, and which accepted fields the audit draws. */
export function indexIdOf(assembleId: string, { share, seed }: AuditPlan): string {
  return JSON.stringify([INDEX_VERSION, assembleId, share, seed])
}

/** Looks through an outcome for the review page and keeps what was found. */
export async function keepIndex(
  store: Store,
  documentId: string,
  assembleId: string,
  outcome: DocumentOutcome,
  judgements: readonly Judgement[],
  plan: AuditPlan,
): Promise<DocumentIndex> {
  const index = indexDocument(documentId, outcome, settleJudgements(judgements), plan)
  await store.reviewIndexes.save(documentId, indexIdOf(assembleId, plan), JSON.stringify(index))
  return index
}

/** What people said of a document, as an assembly takes it. */
export async function judgementsOf(
  store: Store,
  documentId: string,
  pageJobIds: readonly string[],
): Promise<DocumentJudgements> {
  const judgements = await store.judgements.ofDocument(documentId)
  return { documentId, judgements, extractorVersion: extractorVersionOf(pageJobIds) }
}
