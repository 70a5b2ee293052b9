import { type PDFOperatorNames as Ops, type PDFName, PDFNumber, PDFOperator } from 'pdf-lib'

/** Three decimals are a thousandth of a point: enough, and they keep files small. */
export const round = (value: number): number => Math.round(value * 1000) / 1000

/** A content operator over numbers and names. */
export function operator(name: Ops, values: readonly (number | PDFName)[] = []): PDFOperator {
  return PDFOperator.of(
    name,
    values.map((value) => (typeof value === 'number' ? PDFNumber.of(value) : value)),
  )
}
