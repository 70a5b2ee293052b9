import type { Dictionaries } from '../model/dictionaries.ts'
import type { Judgement } from '../model/judgement.ts'
import type { PageExtract } from '../model/page.ts'
import type { GradedRecord } from '../model/record.ts'
import { layOverPages, type ToPrinted } from '../review/lay-over-pages.ts'
import { layOverRecords } from '../review/lay-over-records.ts'
import { settleJudgements } from '../review/settle-judgements.ts'
import type { DocumentOutcome } from '../store/assemblies.ts'
import { assembleDocument } from './assemble-document.ts'
import { readFieldLists } from './field-lists.ts'

/** What people said of a document, and by which version of the extractor its pages were read. */
export interface DocumentJudgements {
  readonly documentId: string
  readonly judgements: readonly Judgement[]
  readonly extractorVersion: string
}

/**
 * Pages of one document to graded records with what people said laid over them. The document is put together a second
 * time with every judged cell read as the person read it, so that equations and catalogues settle what follows from it.
 * The order of judgements makes no difference; without any, this is `assembleDocument`. `machine` is what that gives, where it
 * is known already. Pure.
 */
export function assembleReviewed(
  extracts: readonly PageExtract[],
  dictionaries: Dictionaries,
  fileName: string,
  { documentId, judgements, extractorVersion }: DocumentJudgements,
  machine: DocumentOutcome = assembleDocument(extracts, dictionaries, fileName),
): DocumentOutcome {
  const standings = settleJudgements(judgements.filter(({ place }) => place.documentId === documentId))
  if (standings.size === 0) return machine
  const toPrinted = printedBy(dictionaries)
  const pages = layOverPages(extracts, documentId, machine.records, standings, extractorVersion, toPrinted)
  const again = pages === extracts ? machine : assembleDocument(pages, dictionaries, fileName)
  // An answer says what a cell holds, never which lines there are: where it would, only the fields it names change.
  const outcome = hasSameRows(machine.records, again.records) ? again : machine
  const records = layOverRecords(documentId, machine.records, outcome.records, standings, extractorVersion)
  return { ...outcome, title: machine.title, publisher: machine.publisher, fiscalYear: machine.fiscalYear, records }
}

function hasSameRows(a: readonly GradedRecord[], b: readonly GradedRecord[]): boolean {
  return rowsOf(a) === rowsOf(b)
}

function rowsOf(records: readonly GradedRecord[]): string {
  return JSON.stringify(
    records.map(({ recordType, pageNumber, tableIndex, rowIndex, fields }) => [
      recordType,
      pageNumber,
      tableIndex,
      rowIndex,
      fields.map(({ name }) => name),
    ]),
  )
}

/** How a value would be printed in its column: money names its unit, so that the column's own makes no difference. */
function printedBy(dictionaries: Dictionaries): ToPrinted {
  const { kinds } = readFieldLists(dictionaries)
  return ({ name, isMoney }, value) => {
    const kind = kinds.get(name)
    if (isMoney === true || kind === 'money') return `${value}元`
    if (kind === 'boolean') return value === 'true' ? '是' : '否'
    return value
  }
}
