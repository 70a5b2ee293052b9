import type { DocumentScore, TypeScore } from './score-records.ts'
import type { TableScore } from './score-tables.ts'
import type { CalibrationBin, KindSummary } from './summarize-fields.ts'

export interface Report {
  readonly folder: string
  readonly seconds: number
  readonly documents: readonly DocumentScore[]
  readonly tables: readonly TableScore[]
  readonly kinds: readonly KindSummary[]
  readonly bins: readonly CalibrationBin[]
  readonly expectedCalibrationError: number
  readonly cost: number
}

function share(part: number, whole: number): string {
  return whole === 0 ? '-' : `${((100 * part) / whole).toFixed(2)} %`
}

function write(cells: readonly (string | number)[], widths: readonly number[]): void {
  const padded = cells.map((cell, index) =>
    index === 0 ? String(cell).padEnd(widths[0] ?? 0) : String(cell).padStart(widths[index] ?? 0),
  )
  process.stdout.write(`  ${padded.join('  ')}\n`)
}

/** Prints one folder's figures as text tables; `verbose` adds every wrong field and cell. */
export function printReport(report: Report, verbose: boolean): void {
  process.stdout.write(`\n${report.folder}: ${report.documents.length} documents, ${report.seconds.toFixed(1)} s\n`)
  printDocuments(report.documents)
  printTypes(report.documents)
  printKinds(report)
  printTables(report.tables)
  if (verbose) printDifferences(report)
}

function printDocuments(documents: readonly DocumentScore[]): void {
  const widths = [34, 9, 5, 8, 8, 12, 14]
  write(['document', 'true rows', 'found', 'invented', 'in place', 'fields exact', 'accepted wrong'], widths)
  for (const score of documents) {
    const exact = score.fields.filter((field) => field.isRight).length
    const wrong = score.fields.filter((field) => field.grade === 'accepted' && !field.isRight).length
    const fields = score.fields.length + score.fieldsLost
    const row = [score.document, score.rowsTrue, score.rowsFound, score.rowsInvented, score.rowsInPlace]
    write([...row, `${exact}/${fields}`, wrong], widths)
  }
}

function printTypes(documents: readonly DocumentScore[]): void {
  const widths = [24, 9, 6, 8, 14, 9, 14]
  const types = [...new Set(documents.flatMap((score) => score.types.map(({ recordType }) => recordType)))].sort()
  write(['type', 'true rows', 'found', 'invented', 'fields exact', 'accepted', 'accepted wrong'], widths)
  for (const type of types) {
    const own = documents.flatMap((score) => score.types).filter(({ recordType }) => recordType === type)
    const total = (pick: (score: TypeScore) => number) => own.reduce((sum, score) => sum + pick(score), 0)
    const fields = documents.flatMap((score) => score.fields).filter(({ recordType }) => recordType === type)
    const exact = fields.filter((field) => field.isRight).length
    const accepted = fields.filter((field) => field.grade === 'accepted')
    const wrong = accepted.filter((field) => !field.isRight).length
    const all = fields.length + total(({ fieldsLost }) => fieldsLost)
    const rows = [total(({ rowsTrue }) => rowsTrue), total(({ rowsFound }) => rowsFound)]
    if (rows[0] === 0 && total(({ rowsInvented }) => rowsInvented) === 0) continue
    write([type, ...rows, total(({ rowsInvented }) => rowsInvented), `${exact}/${all}`, accepted.length, wrong], widths)
  }
}

function printKinds(report: Report): void {
  const widths = [10, 7, 9, 9, 14]
  write(['column', 'cells', 'exact', 'accepted', 'accepted right'], widths)
  for (const kind of report.kinds) {
    const right = share(kind.accepted - kind.acceptedWrong, kind.accepted)
    write([kind.kind, kind.cells, share(kind.exact, kind.cells), share(kind.accepted, kind.cells), right], widths)
  }
  write(['confidence', 'fields', 'mean', 'right'], widths)
  for (const bin of report.bins) {
    const row = [`${bin.from}-${bin.to}`, bin.fields, bin.meanConfidence.toFixed(4), bin.shareRight.toFixed(4)]
    write(row, widths)
  }
  const error = report.expectedCalibrationError.toFixed(4)
  process.stdout.write(`  expected calibration error ${error}; cost a field ${report.cost.toFixed(4)}\n`)
}

function printTables(tables: readonly TableScore[]): void {
  if (tables.length === 0) return
  const widths = [34, 7, 9, 11, 9, 5, 8, 9]
  write(['tables of', 'cells', 'exact', 'share', 'true rows', 'found', 'invented', 'grids'], widths)
  for (const score of tables) {
    const cells = [score.document, score.cells, score.cellsExact, share(score.cellsExact, score.cells)]
    const grids = `${score.gridsExact}/${score.tables}`
    write([...cells, score.rowsTrue, score.rowsFound, score.rowsInvented, grids], widths)
  }
  const total = (pick: (score: TableScore) => number) => tables.reduce((sum, score) => sum + pick(score), 0)
  const [cells, exact] = [total((score) => score.cells), total((score) => score.cellsExact)]
  const rows = [
    total((score) => score.rowsTrue),
    total((score) => score.rowsFound),
    total((score) => score.rowsInvented),
    `${total((score) => score.gridsExact)}/${total((score) => score.tables)}`,
  ]
  write(['all, before restoration', cells, exact, share(exact, cells), ...rows], widths)
}

function printDifferences(report: Report): void {
  for (const field of report.documents.flatMap((document) => document.fields)) {
    if (field.isRight) continue
    const mark = field.grade === 'accepted' ? 'ACCEPTED' : field.grade
    process.stdout.write(
      `  ${field.document} ${field.place} ${field.name} ${mark} ${field.confidence.toFixed(3)}: ` +
        `truth ${field.truth} | value ${field.value} | raw ${field.raw} | ${field.flags.join(' ')}\n`,
    )
  }
  for (const score of report.documents) {
    for (const each of score.unpaired) process.stdout.write(`  ${score.document} ${each}\n`)
  }
  for (const table of report.tables) {
    for (const one of table.differences) {
      const place = `p${one.page} row ${one.row} column ${one.column}`
      process.stdout.write(`  ${table.document} ${place}: truth ${one.truth} | found ${one.found}\n`)
    }
  }
}
