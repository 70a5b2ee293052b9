/** How a page prints its money. `decimals` null: as a spreadsheet's General format does, without closing zeros. */
export interface MoneyFormat {
  readonly unit: '元' | '万元'
  readonly decimals: number | null
  readonly grouped: boolean
}

const FEN_PER_UNIT_EXPONENT = { 元: 2, 万元: 6 } as const

/** Fen (hundredths of a yuan) of a plain decimal yuan string with two places ("20000.00"). */
export function yuanToFen(yuan: string): number {
  const match = /^(\d+)\.(\d\d)$/.exec(yuan)
  if (match === null) throw new RangeError(`not money in yuan: ${yuan}`)
  return Number(`${match[1]}${match[2]}`)
}

/** The output's form of an amount: yuan with two places. */
export function fenToYuan(fen: number): string {
  return shiftPoint(fen, 2)
}

/** The printed form; throws when the format cannot hold the amount, since the truth would then not be on the page. */
export function printMoney(fen: number, format: MoneyFormat): string {
  const exponent = FEN_PER_UNIT_EXPONENT[format.unit]
  const exact = shiftPoint(fen, exponent)
  const printed = format.decimals === null ? exact.replace(/\.?0+$/, '') : withDecimals(exact, format.decimals)
  return format.grouped ? printed.replace(/\d(?=(\d{3})+(\.|$))/g, '$&,') : printed
}

/** The smallest step in fen that the format can print. */
export function moneyStepFen(format: MoneyFormat): number {
  const exponent = FEN_PER_UNIT_EXPONENT[format.unit]
  return format.decimals === null ? 1 : Math.max(1, 10 ** (exponent - format.decimals))
}

function shiftPoint(fen: number, places: number): string {
  const digits = String(fen).padStart(places + 1, '0')
  return `${digits.slice(0, -places)}.${digits.slice(-places)}`
}

function withDecimals(exact: string, decimals: number): string {
  const [whole = '0', fraction = ''] = exact.split('.')
  const kept = fraction.slice(0, decimals).padEnd(decimals, '0')
  if (/[1-9]/.test(fraction.slice(decimals))) throw new RangeError(`${exact} has more than ${decimals} decimals`)
  return decimals === 0 ? whole : `${whole}.${kept}`
}
