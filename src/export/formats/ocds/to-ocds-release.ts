import type { GradedRecord } from '../../../model/record.ts'
import type { PublishedDocument } from '../../../publish/published-document.ts'
import { toPublishedGrade, toRecordId } from '../../../publish/to-json-lines.ts'
import type { CatalogueLinks } from '../../tables/catalogue-links.ts'
import { ENTRY_LINKS } from '../../tables/record-tables.ts'
import { type ExactJson, type ExactNumber, exactNumber } from './exact-json.ts'

/** Record types that plan a purchase. */
export const PURCHASES = ['procurement_line', 'service_purchase_line'] as const
type PurchaseType = (typeof PURCHASES)[number]

export interface Purchase extends GradedRecord {
  readonly recordType: PurchaseType
}

export function isPurchase(record: GradedRecord): record is Purchase {
  return (PURCHASES as readonly string[]).includes(record.recordType)
}

/** Before the id of a record: a prefix of one's own must be asked for from the Open Contracting Partnership. */
const OCID_PREFIX = 'gongkai'
/** Schemes that are in no code list of the standard begin so. */
const LOCAL = 'x_'
const CURRENCY = 'CNY'
/** What stands where no year is known. */
const NO_DATE = '1970-01-01T00:00:00Z'

/** By the first letter of a procurement code. */
const CATEGORIES: Readonly<Record<string, string>> = { A: 'goods', B: 'works', C: 'services' }

/**
 * The beginning of the fiscal year in Beijing: a document does not tell when it was published, and the time of an export
 * would make other bytes each time.
 */
export function toOcdsDate(fiscalYear: number | null): string {
  return fiscalYear === null ? NO_DATE : `${String(fiscalYear).padStart(4, '0')}-01-01T00:00:00+08:00`
}

/**
 * A planned purchase as a planning release of OCDS 1.1. A value that waits for review is left out, since the standard has
 * no place for doubt.
 */
export function toOcdsRelease(document: PublishedDocument, record: Purchase, links: CatalogueLinks): ExactJson {
  const values = settledValues(record)
  const id = toRecordId(document.documentId, record)
  const name = values.get('unit_name') ?? document.publisher ?? undefined
  const buyer = name === undefined ? undefined : { id: values.get('unit_code') ?? name, name }
  return {
    ocid: `${OCID_PREFIX}-${id}`,
    id,
    date: toOcdsDate(document.fiscalYear),
    tag: ['planning'],
    initiationType: 'tender',
    language: 'zh',
    parties: buyer === undefined ? undefined : [{ ...buyer, roles: ['buyer'] }],
    buyer,
    planning: { budget: toBudget(values), documents: [toDocument(document, record)] },
    tender: {
      id,
      title: values.get('project_name') ?? values.get('service_content') ?? values.get('item_name'),
      status: 'planned',
      mainProcurementCategory: categoryOf(record, values),
      items: [toItem(document, record, values, links)],
    },
  }
}

type Values = ReadonlyMap<string, string>

function settledValues({ fields }: GradedRecord): Values {
  const settled = fields.filter((field) => toPublishedGrade(field) !== 'review')
  return new Map(settled.flatMap(({ name, value }) => (value === null || value === '' ? [] : [[name, value] as const])))
}

/** What the budget says of the money, in words, for lack of properties: where it comes from and what it is booked as. */
const BOOKED_AS = [
  ['资金来源', ['fund_source']],
  ['资金性质', ['fund_nature']],
  ['功能科目', ['function_code', 'function_name']],
  ['经济科目', ['economic_code', 'economic_name']],
  ['面向中小企业（元）', ['amount_sme']],
  ['面向小微企业（元）', ['amount_micro']],
] as const

function toBudget(values: Values): ExactJson | undefined {
  const told = BOOKED_AS.flatMap(([title, names]) => {
    const texts = names.flatMap((name) => values.get(name) ?? [])
    return texts.length === 0 ? [] : [`${title}：${texts.join(' ')}`]
  })
  const description = told.length === 0 ? undefined : told.join('；')
  const amount = toValue(values.get('amount'))
  const project = values.get('project_name')
  // The strict schema takes no object without a property.
  return [description, amount, project].every((part) => part === undefined)
    ? undefined
    : { description, amount, project }
}

function toValue(amount: string | undefined): ExactJson | undefined {
  const number = amount === undefined ? null : exactNumber(amount)
  return number === null ? undefined : { amount: number, currency: CURRENCY }
}

/** What cannot be below nothing by the standard, and so is left out where the page says so all the same. */
function notNegative(text: string | undefined): ExactNumber | undefined {
  const number = text === undefined ? null : exactNumber(text)
  return number === null || number.digits.startsWith('-') ? undefined : number
}

/** An address as the standard wants it: only characters that a URI may have, and the page as its fragment. */
function toPageAddress(address: string | null, pageNumber: number): string | undefined {
  if (address === null || !URL.canParse(address)) return undefined
  const url = new URL(address)
  url.hash = `page=${pageNumber}`
  // These pass a URL parser and are in no URI.
  return url.href.replaceAll(/["<>\\^`{|}]/g, encodeURIComponent)
}

function toDocument(document: PublishedDocument, { pageNumber, tableIndex, rowIndex }: Purchase): ExactJson {
  const { documentId, fileName, title, sourceUrl } = document
  return {
    id: documentId,
    documentType: 'procurementPlan',
    title: title ?? fileName,
    description: `${fileName}: page ${pageNumber}, table ${tableIndex}, row ${rowIndex}`,
    url: toPageAddress(sourceUrl, pageNumber),
    language: 'zh',
  }
}

function categoryOf({ recordType }: Purchase, values: Values): string | undefined {
  if (recordType === 'service_purchase_line') return 'services'
  return CATEGORIES[values.get('item_code')?.slice(0, 1) ?? '']
}

function toItem(document: PublishedDocument, record: Purchase, values: Values, links: CatalogueLinks): ExactJson {
  const price = notNegative(values.get('unit_price'))
  const unit = {
    name: values.get('unit_of_measure'),
    value: price === undefined ? undefined : { amount: price, currency: CURRENCY },
  }
  return {
    id: '1',
    description: values.get('item_name') ?? values.get('service_content'),
    classification: toClassification(document, record, values, links),
    quantity: notNegative(values.get('quantity')),
    unit: unit.name === undefined && unit.value === undefined ? undefined : unit,
  }
}

/** Only a code whose catalogue entry is sure is classified; the scheme is the catalogue with its edition. */
function toClassification(
  { fiscalYear }: PublishedDocument,
  record: Purchase,
  values: Values,
  links: CatalogueLinks,
): ExactJson | undefined {
  if (record.recordType === 'service_purchase_line') return toDirectoryPlace(values)
  const link = ENTRY_LINKS.procurement_line.find(({ codeField }) => codeField === 'item_code')
  const [catalogue, code] = (link === undefined ? null : links.find(link, record, fiscalYear))?.split(':') ?? []
  if (catalogue === undefined || code === undefined) return undefined
  return { scheme: `${LOCAL}${catalogue}`, id: code, description: values.get('item_name') }
}

/** The directory of services to be bought has no codes: its path of names is its code. */
function toDirectoryPlace(values: Values): ExactJson | undefined {
  const levels = ['directory_level1', 'directory_level2', 'directory_level3'].map((level) => values.get(level))
  const path = levels.flatMap((level) => level ?? [])
  const last = path.at(-1)
  if (last === undefined || levels[0] === undefined) return undefined
  return { scheme: `${LOCAL}service-directory`, id: path.join('/'), description: last }
}
