import type { ReviewQuality } from '../../review/measure-agreement.ts'
import type { ReviewProgress } from '../count-progress.ts'
import type { ListedConflict } from '../list-conflicts.ts'
import { Layout, type Visit } from './layout.tsx'

interface ConflictsViewProps {
  readonly visit: Visit
  readonly progress: ReviewProgress
  readonly quality: ReviewQuality
  readonly conflicts: readonly ListedConflict[]
}

const percent = (share: number) => `${(share * 100).toFixed(2)} %`

/** How good the work is: audit of accepted fields, agreement of reviewers, conflicts to settle; and the ways out. */
export function ConflictsView({ visit, progress, quality, conflicts }: ConflictsViewProps) {
  const { say, field } = visit.messages
  const { audit, auditUnreadable, agreement } = quality
  return (
    <Layout visit={visit} title={say('nav-conflicts')} current="conflicts" progress={progress}>
      <main class="quality">
        <section>
          <h1>{say('audit-title')}</h1>
          <p class="figure" id="audit-result">
            {audit.of === 0
              ? say('audit-none')
              : say('audit-result', {
                  of: audit.of,
                  errors: audit.errors,
                  share: percent(audit.share),
                  low: percent(audit.low),
                  high: percent(audit.high),
                })}
          </p>
          {auditUnreadable === 0 ? null : <p>{say('audit-unreadable', { count: auditUnreadable })}</p>}
          <p>
            {say('audit-open', { count: progress.questions.audit })}{' '}
            {progress.questions.audit === 0 ? null : <a href="/?purpose=audit">{say('audit-start')}</a>}
          </p>
        </section>
        <section>
          <h2>{say('agreement-title')}</h2>
          <p class="figure">{say('agreement-result', agreement)}</p>
          {conflicts.length === 0 ? (
            <p>{say('conflicts-none')}</p>
          ) : (
            <div class="scroll">
              <table class="conflicts">
                <tbody>
                  {conflicts.map(({ fileName, judgements, questionId }) => {
                    const [first] = judgements
                    return (
                      <tr>
                        <th scope="row">
                          {fileName}, {say('page', { page: first?.place.pageNumber ?? 0 })},{' '}
                          {say('row', { row: first?.place.rowIndex ?? 0 })}: {field(first?.place.field ?? '')}
                        </th>
                        {judgements.map(({ reviewer, value, judgedAt }) => (
                          <td>
                            <b>{value ?? say('unreadable')}</b>{' '}
                            <span class="by">{`${reviewer}, ${judgedAt.slice(0, 10)}`}</span>
                          </td>
                        ))}
                        <td>
                          {questionId === null ? null : (
                            <a href={`/?question=${encodeURIComponent(questionId)}`}>{say('conflict-settle')}</a>
                          )}
                        </td>
                      </tr>
                    )
                  })}
                </tbody>
              </table>
            </div>
          )}
        </section>
        <section>
          <h2>{say('export-title')}</h2>
          <p>
            <a href="/judgements.jsonl" download="judgements.jsonl">
              JSONL
            </a>{' '}
            ·{' '}
            <a href="/judgements.csv" download="judgements.csv">
              CSV
            </a>
          </p>
        </section>
        <section>
          <h2>{say('proposals-title')}</h2>
          <p class="hint">{say('proposals-hint')}</p>
          <p>
            <a href="/proposals.diff" download="proposals.diff">
              proposals.diff
            </a>
          </p>
        </section>
      </main>
    </Layout>
  )
}
