import type { Dictionaries } from '../../src/model/dictionaries.ts'
import type { FlagCode } from '../../src/model/flag.ts'
import type { GradedRecord } from '../../src/model/record.ts'
import { normalizeDocument } from '../../src/normalize/normalize-document.ts'
import { gradeRecords } from '../../src/review/grade-records.ts'
import { readVocabulary } from '../generate/content/vocabulary.ts'
import { planDocument } from '../generate/plan-document.ts'
import { createRandom } from '../generate/random.ts'
import type { LineFields } from '../generate/sheet.ts'
import { planToPages } from './plan-to-pages.ts'
import { ERROR_KINDS, type ErrorKind, type PlantedDocument, plantError } from './plant-errors.ts'

/** What became of one planted error. */
export interface PlantedOutcome {
  readonly kind: ErrorKind
  readonly seed: number
  readonly place: string
  /** Whether a flag on the field, or on any field of money where the error is one of sums, tells of it. */
  readonly isFlagged: boolean
  /** Whether a person is asked about a field with such a flag. */
  readonly isAsked: boolean
  /** Fields whose value is not what the page prints. */
  readonly altered: readonly string[]
  /** Checks that do not hold. */
  readonly contradicted: readonly string[]
}

const CODE_FLAGS: readonly FlagCode[] = ['code-unknown', 'code-name-contradict', 'edition-mismatch']
const MONEY_FLAGS: readonly FlagCode[] = ['equation-contradicted', 'unit-contradicted', 'amount-unreadable']

/** Plants every kind of error into the documents of some seeds; documents in which the publisher errs anyway are left out. */
export function judgePlanted(seeds: readonly number[], dictionaries: Dictionaries): readonly PlantedOutcome[] {
  const vocabulary = readVocabulary()
  return seeds.flatMap((seed) => {
    const { plan, publisherErrors } = planDocument({ seed, kind: 'text', manner: null }, vocabulary)
    if (publisherErrors.length > 0) return []
    return ERROR_KINDS.flatMap((kind) => {
      const planted = plantError(kind, plan, vocabulary.items, createRandom(seed).fork(kind))
      return planted === null ? [] : [judge(planted, seed, dictionaries)]
    })
  })
}

function judge(planted: PlantedDocument, seed: number, dictionaries: Dictionaries): PlantedOutcome {
  const { kind, plan, recordType, rowIndex, field } = planted
  const document = normalizeDocument(planToPages(plan), dictionaries, { fileName: `planted-${seed}.pdf` })
  const records = gradeRecords(document.records).filter((record) => record.recordType === recordType)
  const own = records.find((record) => record.rowIndex === rowIndex)?.fields.find(({ name }) => name === field)
  const failed = document.checks.filter(({ outcome }) => outcome === 'contradicted')
  const isCode = kind === 'code against name' || kind === 'unknown code'
  const suspects = isCode ? [own] : records.flatMap(({ fields }) => fields)
  const telling = isCode ? CODE_FLAGS : MONEY_FLAGS
  const flagged = suspects.filter((each) => each?.flags.some(({ code }) => telling.includes(code)))
  return {
    kind,
    seed,
    place: rowIndex === null ? 'the table' : `row ${rowIndex}`,
    isFlagged: flagged.length > 0,
    isAsked: flagged.some((each) => each?.grade === 'review'),
    altered: alteredFields(planted.fields, records),
    contradicted: failed.map((check) => `${check.kind}, ${check.where}: ${check.expected} and ${check.found}`),
  }
}

function alteredFields(printed: readonly LineFields[], records: readonly GradedRecord[]): readonly string[] {
  if (records.length !== printed.length) return [`${records.length} rows of ${printed.length}`]
  return printed.flatMap((fields, index) =>
    Object.entries(fields).flatMap(([name, wanted]) => {
      const found = records[index]?.fields.find((each) => each.name === name)?.value ?? null
      return fold(found) === fold(wanted) ? [] : [`row ${index + 1} ${name}: ${wanted} became ${found}`]
    }),
  )
}

function fold(value: string | null): string {
  return (value ?? '').normalize('NFKC').replaceAll(/\s/g, '')
}
