import type { CalibrationBin } from './summarize-fields.ts'

const SIZE = { width: 720, height: 420, left: 64, right: 24, top: 48, bottom: 64 }
/** The scale counts nines: 0.9 is one, 0.99 two; beyond the last there is only "all". */
const MOST_NINES = 4
const TICKS = [0, 0.5, 0.9, 0.99, 0.999]
/** 1.96 standard deviations: nineteen of twenty intervals hold the true share. */
const Z = 1.96

/** The reliability curve: per bin of confidence its mean (ring) beside the share that is right (dot, with its interval). */
export function reliabilitySvg(title: string, bins: readonly CalibrationBin[], expectedError: number): string {
  const plotWidth = SIZE.width - SIZE.left - SIZE.right
  const columnOf = (index: number) => SIZE.left + ((index + 0.5) * plotWidth) / Math.max(1, bins.length)
  const ticks = TICKS.map((share) => {
    const y = heightOf(share)
    const line = `<path d="M${SIZE.left} ${y}H${SIZE.width - SIZE.right}" stroke="#ddd"/>`
    return line + text(SIZE.left - 8, y, String(share), 'end')
  })
  const marks = bins.map((bin, index) => binMarks(bin, columnOf(index)))
  const curve = (pick: (bin: CalibrationBin) => number) =>
    bins.map((bin, index) => `${index === 0 ? 'M' : 'L'}${columnOf(index).toFixed(1)} ${heightOf(pick(bin))}`).join('')
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${SIZE.width} ${SIZE.height}" font-family="sans-serif" font-size="12">`,
    '<rect width="100%" height="100%" fill="#fff"/>',
    text(SIZE.left, 24, `${escapeXml(title)}: expected calibration error ${expectedError.toFixed(4)}`, 'start'),
    ...ticks,
    `<path d="${curve(({ meanConfidence }) => meanConfidence)}" fill="none" stroke="#888" stroke-dasharray="4 3"/>`,
    `<path d="${curve(({ shareRight }) => shareRight)}" fill="none" stroke="#06c"/>`,
    ...marks,
    text(
      SIZE.left,
      SIZE.height - 12,
      'ring: mean confidence; dot: share that is right (95 % interval); below: bin, fields',
      'start',
    ),
    '</svg>\n',
  ].join('\n')
}

function binMarks({ from, to, fields, meanConfidence, shareRight }: CalibrationBin, x: number): string {
  const [low, high] = interval(shareRight, fields)
  return [
    `<path d="M${x.toFixed(1)} ${heightOf(low)}V${heightOf(high)}" stroke="#06c" stroke-width="2"/>`,
    `<circle cx="${x.toFixed(1)}" cy="${heightOf(shareRight)}" r="4" fill="#06c"/>`,
    `<circle cx="${x.toFixed(1)}" cy="${heightOf(meanConfidence)}" r="5" fill="none" stroke="#444"/>`,
    text(x, SIZE.height - SIZE.bottom + 18, `${from}–${to}`, 'middle'),
    text(x, SIZE.height - SIZE.bottom + 34, String(fields), 'middle'),
  ].join('')
}

/** Wilson's interval of a share: sound for few fields and for shares near 1. */
function interval(share: number, count: number): readonly [number, number] {
  if (count === 0) return [0, 1]
  const spread = (Z * Z) / count
  const middle = share + spread / 2
  const half = Z * Math.sqrt((share * (1 - share)) / count + spread / (4 * count))
  return [(middle - half) / (1 + spread), (middle + half) / (1 + spread)]
}

function heightOf(share: number): string {
  const nines = Math.min(MOST_NINES, -Math.log10(Math.max(1 - share, 10 ** -MOST_NINES)))
  const plotHeight = SIZE.height - SIZE.top - SIZE.bottom
  return (SIZE.top + plotHeight * (1 - nines / MOST_NINES)).toFixed(1)
}

function text(x: number, y: number | string, content: string, anchor: 'start' | 'middle' | 'end'): string {
  return `<text x="${x.toFixed(1)}" y="${y}" text-anchor="${anchor}">${content}</text>`
}

function escapeXml(raw: string): string {
  return raw.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
