import type { Child } from 'hono/jsx'
import type { Judgement } from '../../model/judgement.ts'
import type { ReviewDocument } from '../../review/review-repository.ts'
import type { ReviewProgress } from '../count-progress.ts'
import { districtOf } from '../district-of.ts'
import { gradesBy, judgedPerHour, openByFlag, reliabilityOf } from '../summarize-batch.ts'
import { BarChart, ReliabilityChart, TimeChart } from './charts.tsx'
import { Layout, type Visit } from './layout.tsx'

interface OverviewViewProps {
  readonly visit: Visit
  readonly progress: ReviewProgress
  readonly documents: readonly ReviewDocument[]
  readonly judgements: readonly Judgement[]
}

const MOST_DISTRICTS = 24

/** The whole batch in five plots. */
export function OverviewView({ visit, progress, documents, judgements }: OverviewViewProps) {
  const { say, flag } = visit.messages
  const unknown = say('unknown')
  const partNames = { accepted: say('grade-accepted'), judged: say('col-judged'), review: say('grade-review') }
  const districts = gradesBy(documents, (document) => districtOf(document) || unknown).slice(0, MOST_DISTRICTS)
  const years = gradesBy(documents, ({ fiscalYear }) => String(fiscalYear ?? unknown)).toSorted((a, b) =>
    a.label < b.label ? -1 : 1,
  )
  const flags = openByFlag(documents, flag)
  const bins = reliabilityOf(judgements)
  const hours = judgedPerHour(judgements)
  const nothing = <p class="none">{say('no-data')}</p>
  return (
    <Layout visit={visit} title={say('nav-overview')} current="overview" progress={progress}>
      <main class="overview">
        <h1>{say('nav-overview')}</h1>
        <p class="legend">
          <span>
            <i class="accepted" /> {say('grade-accepted')}
          </span>
          <span>
            <i class="judged" /> {say('col-judged')}
          </span>
          <span>
            <i class="review" /> {say('grade-review')}
          </span>
        </p>
        <div class="plots">
          <Plot title={say('chart-districts')}>
            {districts.length === 0 ? (
              nothing
            ) : (
              <BarChart bars={districts} title={say('chart-districts')} partNames={partNames} labels="beside" />
            )}
          </Plot>
          <Plot title={say('chart-years')}>
            {years.length === 0 ? (
              nothing
            ) : (
              <BarChart bars={years} title={say('chart-years')} partNames={partNames} labels="beside" />
            )}
          </Plot>
          <Plot title={say('chart-progress')} hint={say('chart-progress-hint')}>
            {hours.length === 0 ? nothing : <TimeChart counts={hours} title={say('chart-progress')} />}
          </Plot>
          <Plot title={say('chart-flags')}>
            {flags.length === 0 ? (
              nothing
            ) : (
              <BarChart bars={flags} title={say('chart-flags')} partNames={partNames} labels="above" />
            )}
          </Plot>
          <Plot title={say('chart-reliability')} hint={say('chart-reliability-hint')}>
            {bins.length === 0 ? nothing : <ReliabilityChart bins={bins} title={say('chart-reliability')} />}
          </Plot>
        </div>
      </main>
    </Layout>
  )
}

function Plot({
  title,
  hint,
  children,
}: {
  readonly title: string
  readonly hint?: string
  readonly children?: Child
}) {
  return (
    <section class="plot">
      <h2>{title}</h2>
      {hint === undefined ? null : <p class="hint">{hint}</p>}
      {children}
    </section>
  )
}
