import type { Rate } from '../../review/error-rate.ts'

/** A bar of a stacked chart: parts add up to the bar's length. */
export interface StackedBar {
  readonly label: string
  readonly href?: string
  readonly parts: readonly { readonly kind: string; readonly count: number }[]
}

const BAR_HEIGHT = 22
const LABEL_WIDTH = 210
const CHART_WIDTH = 640
const COUNT_WIDTH = 60

/** Horizontal bars, each as long as its count beside the largest, or all of full length where shares matter. */
export function BarChart({
  bars,
  title,
  isShare,
}: {
  readonly bars: readonly StackedBar[]
  readonly title: string
  readonly isShare: boolean
}) {
  const totals = bars.map(({ parts }) => parts.reduce((sum, { count }) => sum + count, 0))
  const most = Math.max(1, ...totals)
  const room = CHART_WIDTH - LABEL_WIDTH - COUNT_WIDTH
  return (
    <svg class="chart" viewBox={`0 0 ${CHART_WIDTH} ${bars.length * BAR_HEIGHT + 4}`} role="img" aria-label={title}>
      {bars.map(({ label, parts, href }, index) => {
        const total = totals[index] ?? 0
        const scale = room / Math.max(1, isShare ? total : most)
        let x = LABEL_WIDTH
        const text = (
          <text x={LABEL_WIDTH - 8} y={index * BAR_HEIGHT + 15} text-anchor="end">
            {shorten(label)}
            <title>{label}</title>
          </text>
        )
        return (
          <g>
            {href === undefined ? text : <a href={href}>{text}</a>}
            {parts.map(({ kind, count }) => {
              const width = count * scale
              x += width
              return (
                <rect class={kind} x={x - width} y={index * BAR_HEIGHT + 3} width={width} height={BAR_HEIGHT - 7}>
                  <title>{`${kind}: ${count}`}</title>
                </rect>
              )
            })}
            <text class="count" x={x + 6} y={index * BAR_HEIGHT + 15}>
              {total.toLocaleString('en')}
            </text>
          </g>
        )
      })}
    </svg>
  )
}

function shorten(label: string): string {
  return label.length > 16 && /\p{Script=Han}/u.test(label)
    ? `${label.slice(0, 15)}…`
    : label.length > 27
      ? `${label.slice(0, 26)}…`
      : label
}

const PLOT = 300
const MARGIN = 36

/** Fields of one range of confidence, and how often people found them right. */
export interface ReliabilityBin {
  readonly confidence: number
  readonly right: Rate
}

/** Stated confidence across, found right up; the diagonal is perfection, whiskers are 95 % intervals. */
export function ReliabilityChart({
  bins,
  title,
}: {
  readonly bins: readonly ReliabilityBin[]
  readonly title: string
}) {
  const x = (share: number) => MARGIN + share * PLOT
  const y = (share: number) => 8 + (1 - share) * PLOT
  const ticks = [0, 0.25, 0.5, 0.75, 1]
  return (
    <svg class="chart square" viewBox={`0 0 ${PLOT + MARGIN + 12} ${PLOT + 36}`} role="img" aria-label={title}>
      {ticks.map((tick) => (
        <g>
          <line class="grid" x1={x(tick)} y1={y(0)} x2={x(tick)} y2={y(1)} />
          <line class="grid" x1={x(0)} y1={y(tick)} x2={x(1)} y2={y(tick)} />
          <text class="tick" x={x(tick)} y={y(0) + 16} text-anchor="middle">
            {tick}
          </text>
          <text class="tick" x={MARGIN - 6} y={y(tick) + 4} text-anchor="end">
            {tick}
          </text>
        </g>
      ))}
      <line class="ideal" x1={x(0)} y1={y(0)} x2={x(1)} y2={y(1)} />
      {bins.map(({ confidence, right }) => (
        <g>
          <line class="whisker" x1={x(confidence)} y1={y(right.low)} x2={x(confidence)} y2={y(right.high)} />
          <circle class="point" cx={x(confidence)} cy={y(right.share)} r={3 + Math.min(6, Math.sqrt(right.of) / 2)}>
            <title>{`${(confidence * 100).toFixed(1)} %: ${right.errors} / ${right.of}`}</title>
          </circle>
        </g>
      ))}
    </svg>
  )
}

/** Counts over time as columns. */
export function TimeChart({
  counts,
  title,
}: {
  readonly counts: readonly { readonly label: string; readonly count: number }[]
  readonly title: string
}) {
  const most = Math.max(1, ...counts.map(({ count }) => count))
  const width = Math.min(48, 600 / Math.max(1, counts.length))
  return (
    <svg class="chart" viewBox="0 0 640 170" role="img" aria-label={title}>
      {counts.map(({ label, count }, index) => (
        <g>
          <rect
            class="judged"
            x={20 + index * width}
            y={140 - (count / most) * 120}
            width={Math.max(1, width - 4)}
            height={(count / most) * 120}
          >
            <title>{`${label}: ${count}`}</title>
          </rect>
          {index % Math.ceil(counts.length / 10) === 0 ? (
            <text class="tick" x={20 + index * width} y={156}>
              {label}
            </text>
          ) : null}
        </g>
      ))}
    </svg>
  )
}
