/**
 * The solution of as many equations as unknowns; each row of `matrix` holds the coefficients of one and its right side.
 * For normal equations with something on the diagonal: there no pivot is nought. The matrix is used up.
 */
export function solveLinear(matrix: readonly Float64Array[]): Float64Array {
  const terms = matrix.length
  for (let i = 0; i < terms; i++) {
    const pivotRow = matrix[i] as Float64Array
    for (let j = i + 1; j < terms; j++) {
      const row = matrix[j] as Float64Array
      const factor = (row[i] as number) / (pivotRow[i] as number)
      for (let k = i; k <= terms; k++) row[k] = (row[k] as number) - factor * (pivotRow[k] as number)
    }
  }
  const solution = new Float64Array(terms)
  for (let i = terms - 1; i >= 0; i--) {
    const row = matrix[i] as Float64Array
    let rest = row[terms] as number
    for (let k = i + 1; k < terms; k++) rest -= (row[k] as number) * (solution[k] as number)
    solution[i] = rest / (row[i] as number)
  }
  return solution
}
