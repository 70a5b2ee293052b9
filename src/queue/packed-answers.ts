import { PageExtract } from '../model/page.ts'
import type { AuditPlan } from '../review/audit-sample.ts'
import { indexDocument } from '../review/index-document.ts'
import { settleJudgements } from '../review/settle-judgements.ts'
import { packText, unpackText } from '../store/artefacts.ts'
import { type DocumentOutcome, packOutcome } from '../store/assemblies.ts'
import type { DocumentJudgements } from './assemble-reviewed.ts'
import type { AssembledDocument, PackedReading, PageReading } from './child-protocol.ts'
import { isLegible } from './is-legible.ts'

// What a child gives is packed there: the parent, who has all children to serve, neither parses nor writes it.

export function packReading({ extract, notice }: PageReading): PackedReading {
  const { pageNumber, kind, reason, tables } = extract
  const packed = packText(JSON.stringify(extract))
  const tableCount = tables.length
  return { pageNumber, kind, reason, tableCount, isLegible: isLegible(extract), extract: packed, notice }
}

export function unpackExtract({ extract }: PackedReading): PageExtract {
  return PageExtract.parse(JSON.parse(unpackText(extract)))
}

/** `audit` says which accepted fields the review page asks about beside the open ones. */
export function packAssembled(
  outcome: DocumentOutcome,
  { documentId, judgements }: DocumentJudgements,
  audit: AuditPlan,
): AssembledDocument {
  const index = indexDocument(documentId, outcome, settleJudgements(judgements), audit)
  return { ...packOutcome(outcome), index: JSON.stringify(index) }
}
