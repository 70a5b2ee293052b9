import { fenToYuan, type MoneyFormat, moneyStepFen } from '../money.ts'
import type { Random } from '../random.ts'
import type { LineFields } from '../sheet.ts'
import type { Entry, Vocabulary } from './vocabulary.ts'
import * as words from './words.ts'

/** Who publishes, and the units under it. */
export interface Publisher {
  readonly name: string
  readonly departmentCode: string
  readonly department: words.DepartmentWords
  readonly units: readonly { readonly code: string; readonly name: string }[]
}

/** How this document writes money; the drawn amounts fit both. */
export interface MoneyManner {
  readonly price: MoneyFormat
  readonly amount: MoneyFormat
}

export function drawPublisher(vocabulary: Vocabulary, random: Random): Publisher {
  const county = random.pick(vocabulary.counties)
  const department = random.pick(words.DEPARTMENTS)
  const name = `${county.name}${department.name}`
  const departmentCode = String(random.integer(101, 679))
  const branches = random.sample(department.branches, random.integer(0, 3))
  const names = [
    `${name}${random.pick(['本级', '（本级）', '机关', ''])}`,
    ...branches.map((branch) => `${county.name}${branch}`),
  ]
  const units = names.map((unit, index) => ({
    code: `${departmentCode}${String(index * 2 + 1).padStart(3, '0')}`,
    name: unit,
  }))
  return { name, departmentCode, department, units }
}

/** Procurement lines in the order of their units; quantity times unit price is the amount. */
export function drawProcurementLines(
  vocabulary: Vocabulary,
  publisher: Publisher,
  count: number,
  manner: MoneyManner,
  random: Random,
): LineFields[] {
  const sources = random.pick(words.FUND_SOURCES)
  const natures = random.pick(words.FUND_NATURES)
  const shares = random.pick([
    [1, 0.6],
    [1, 0.3],
    [0.4, 0.4],
    [1, 1],
  ] as const)
  const placed = placeInUnits(publisher, count, random)
  const projects = drawProjects(publisher, random)
  const step = Math.max(moneyStepFen(manner.price), moneyStepFen(manner.amount))
  return placed.map((unit) => {
    const item = drawItem(vocabulary, random)
    const quantity = random.chance(0.4)
      ? 1
      : random.pick([2, 3, 4, 5, 6, 8, 10, 12, 15, 18, 24, 36, 50, 120, 365, 1500])
    const priceFen = drawPrice(item.code, quantity, step, random)
    const amountFen = priceFen * quantity
    const spent = drawSpending(vocabulary, publisher, item.code, random)
    const source = random.chance(0.8) ? (sources[0] ?? '') : random.pick(sources)
    const ofAmount = (share: number): string => fenToYuan(Math.floor((amountFen * share) / step) * step)
    const isReserved = random.chance(0.85)
    return {
      unit_code: unit.code,
      unit_name: unit.name,
      project_name: random.pick(projects),
      item_code: item.code,
      item_name: item.name,
      ...spent,
      fund_source: source,
      [`share:${source}`]: fenToYuan(amountFen),
      fund_nature: random.chance(0.85) ? (natures[0] ?? '') : random.pick(natures),
      quantity: String(quantity),
      unit_of_measure: random.chance(0.04) ? null : random.pick(words.UNITS),
      unit_price: fenToYuan(priceFen),
      amount: fenToYuan(amountFen),
      amount_sme: isReserved ? ofAmount(shares[0]) : '0.00',
      amount_micro: isReserved ? ofAmount(shares[0] * shares[1]) : '0.00',
      method: random.pick(words.METHODS),
    }
  })
}

/** Service-purchase lines in the order of their units. */
export function drawServiceLines(
  vocabulary: Vocabulary,
  publisher: Publisher,
  count: number,
  manner: MoneyManner,
  random: Random,
): LineFields[] {
  const sources = random.pick(words.FUND_SOURCES)
  const natures = random.pick(words.FUND_NATURES)
  const projects = drawProjects(publisher, random)
  const step = moneyStepFen(manner.amount)
  return placeInUnits(publisher, count, random).map((unit) => {
    const service = random.pick(vocabulary.services)
    const amount = fenToYuan(drawPrice('C', 1, step, random))
    const source = random.chance(0.8) ? (sources[0] ?? '') : random.pick(sources)
    return {
      unit_code: unit.code,
      unit_name: unit.name,
      includes_procurement: random.chance(0.7) ? 'true' : 'false',
      project_name: random.pick(projects),
      service_content: random.chance(0.5)
        ? service.level3
        : `${random.pick(publisher.department.stems)}${random.pick(words.SERVICE_CONTENTS)}`,
      quantity: random.chance(0.7) ? '1' : String(random.integer(2, 400)),
      amount,
      fund_source: source,
      [`share:${source}`]: amount,
      fund_nature: random.pick(natures),
      ...drawSpending(vocabulary, publisher, 'C', random),
      directory_level1: service.level1,
      directory_level2: service.level2,
      directory_level3: service.level3,
    }
  })
}

function placeInUnits(publisher: Publisher, count: number, random: Random): { code: string; name: string }[] {
  const places = Array.from({ length: count }, () => random.integer(0, publisher.units.length - 1)).sort(
    (a, b) => a - b,
  )
  return places.flatMap((place) => publisher.units[place] ?? [])
}

function drawProjects(publisher: Publisher, random: Random): string[] {
  const composed = publisher.department.stems.map((stem) => `${stem}${random.pick(words.PROJECT_TAILS)}`)
  return [...random.sample(composed, 4), ...random.sample(words.OFFICE_PROJECTS, 2)]
}

function drawItem(vocabulary: Vocabulary, random: Random): Entry {
  if (random.chance(0.25)) return random.pick(vocabulary.items)
  const prefix = random.pick(words.COMMON_ITEMS)
  return random.pick(vocabulary.items.filter((entry) => entry.code.startsWith(prefix)))
}

function drawPrice(code: string, quantity: number, step: number, random: Random): number {
  const largest = quantity > 40 ? 90_000 : code.startsWith('A') ? 3_000_000 : 40_000_000
  const smallest = Math.min(largest / 2, Math.max(quantity > 40 ? 300 : 30_000, step * 3))
  const fen = Math.exp(random.between(Math.log(smallest), Math.log(largest)))
  const grain = random.pick([step, step, 100, 10_000, 100_000, 1_000_000])
  const coarse = Math.max(step, fen > grain * 3 ? grain : step)
  return Math.max(1, Math.round(fen / coarse)) * coarse
}

function drawSpending(vocabulary: Vocabulary, publisher: Publisher, itemCode: string, random: Random): LineFields {
  const own = vocabulary.functions.filter((entry) =>
    publisher.department.functions.some((code) => entry.code.startsWith(code)),
  )
  const known = random.pick(own.length > 0 ? own : vocabulary.functions)
  const [functionCode, functionName] = random.chance(0.03)
    ? random.pick(words.UNLISTED_FUNCTIONS)
    : [known.code, known.name]
  const economicCode = random.pick(economicsFor(itemCode))
  return {
    function_code: functionCode,
    function_name: functionName,
    economic_code: economicCode,
    economic_name: vocabulary.economics.get(economicCode) ?? '其他支出',
  }
}

function economicsFor(itemCode: string): readonly string[] {
  if (itemCode.startsWith('A')) return words.ECONOMIC_FOR_GOODS
  return itemCode.startsWith('B') ? words.ECONOMIC_FOR_WORKS : words.ECONOMIC_FOR_SERVICES
}
