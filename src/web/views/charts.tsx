import type { Rate } from '../../review/error-rate.ts'

/** A bar of a stacked chart: parts add up to the bar's length. */
export interface StackedBar {
  readonly label: string
  readonly href?: string
  readonly parts: readonly { readonly kind: string; readonly count: number }[]
}

const BAR_HEIGHT = 22
/** With the label on a line of its own. */
const TALL_BAR_HEIGHT = 38
const WIDEST_LABEL = 230
const CHART_WIDTH = 640
const COUNT_WIDTH = 60
const HAN_WIDTH = 12.5
const LATIN_WIDTH = 7.6

interface BarChartProps {
  readonly bars: readonly StackedBar[]
  readonly title: string
  /** What the parts are called. */
  readonly partNames: Readonly<Record<string, string>>
  /** Long labels stand above their bars, short ones beside. */
  readonly labels: 'beside' | 'above'
}

/** Horizontal bars, each as long as its count beside the largest. */
export function BarChart({ bars, title, partNames, labels }: BarChartProps) {
  const totals = bars.map(({ parts }) => parts.reduce((sum, { count }) => sum + count, 0))
  const isAbove = labels === 'above'
  const left = isAbove ? 0 : Math.min(WIDEST_LABEL, Math.max(...bars.map(({ label }) => widthOf(label)))) + 12
  const height = isAbove ? TALL_BAR_HEIGHT : BAR_HEIGHT
  const scale = (CHART_WIDTH - left - COUNT_WIDTH) / Math.max(1, ...totals)
  return (
    <svg class="chart" viewBox={`0 0 ${CHART_WIDTH} ${bars.length * height + 4}`} role="img" aria-label={title}>
      {bars.map((bar, index) => (
        <Bar bar={bar} top={index * height + (isAbove ? 18 : 0)} left={left} scale={scale} partNames={partNames} />
      ))}
    </svg>
  )
}

interface BarProps {
  readonly bar: StackedBar
  /** Of the bar; a label above it ends there. */
  readonly top: number
  readonly left: number
  readonly scale: number
  readonly partNames: Readonly<Record<string, string>>
}

function Bar({ bar: { label, href, parts }, top, left, scale, partNames }: BarProps) {
  const isAbove = left === 0
  const place = isAbove ? { x: 0, y: top - 4 } : { x: left - 8, y: top + 15, 'text-anchor': 'end' }
  const text = (
    <text {...place}>
      {shorten(label, isAbove ? CHART_WIDTH : WIDEST_LABEL)}
      <title>{label}</title>
    </text>
  )
  let x = left
  return (
    <g>
      {href === undefined ? text : <a href={href}>{text}</a>}
      {parts.map(({ kind, count }) => {
        const width = count * scale
        x += width
        return (
          <rect class={kind} x={x - width} y={top + 3} width={width} height={BAR_HEIGHT - 7}>
            <title>{`${partNames[kind] ?? kind}: ${count.toLocaleString('en')}`}</title>
          </rect>
        )
      })}
      <text class="count" x={x + 6} y={top + 15}>
        {parts.reduce((sum, { count }) => sum + count, 0).toLocaleString('en')}
      </text>
    </g>
  )
}

function widthOf(text: string): number {
  return [...text].reduce((sum, glyph) => sum + (/[ -~]/.test(glyph) ? LATIN_WIDTH : HAN_WIDTH), 0)
}

function shorten(label: string, width: number): string {
  if (widthOf(label) <= width) return label
  let kept = label
  while (widthOf(kept) > width - HAN_WIDTH) kept = kept.slice(0, -1)
  return `${kept}…`
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

const TIME_HEIGHT = 180
const BASE = 150
const HIGHEST = 120
const WIDEST_COLUMN = 64

/** Counts over time as columns. */
export function TimeChart({
  counts,
  title,
}: {
  readonly counts: readonly { readonly label: string; readonly count: number }[]
  readonly title: string
}) {
  const most = Math.max(1, ...counts.map(({ count }) => count))
  const width = Math.min(WIDEST_COLUMN, (CHART_WIDTH - 20) / Math.max(1, counts.length))
  const shown = Math.ceil(counts.length / 10)
  return (
    <svg class="chart" viewBox={`0 0 ${CHART_WIDTH} ${TIME_HEIGHT}`} role="img" aria-label={title}>
      {counts.map(({ label, count }, index) => {
        const height = (count / most) * HIGHEST
        const middle = 10 + (index + 0.5) * width
        return (
          <g>
            <rect
              class="judged"
              x={middle - width / 2 + 2}
              y={BASE - height}
              width={Math.max(1, width - 4)}
              height={height}
            >
              <title>{`${label}: ${count}`}</title>
            </rect>
            {index % shown === 0 ? (
              <>
                <text class="tick" x={middle} y={BASE - height - 5} text-anchor="middle">
                  {count}
                </text>
                <text class="tick" x={middle} y={BASE + 16} text-anchor="middle">
                  {label}
                </text>
              </>
            ) : null}
          </g>
        )
      })}
      <line class="grid" x1={0} y1={BASE} x2={CHART_WIDTH} y2={BASE} />
    </svg>
  )
}
