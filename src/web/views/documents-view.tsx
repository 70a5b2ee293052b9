import type { ReviewDocument } from '../../review/review-repository.ts'
import type { ReviewProgress } from '../count-progress.ts'
import { districtOf } from '../district-of.ts'
import { DOCUMENT_STATES, type DocumentFilter } from '../filter-documents.ts'
import type { Messages } from '../messages.ts'
import { Layout, type Visit } from './layout.tsx'

interface DocumentsViewProps {
  readonly visit: Visit
  readonly progress: ReviewProgress
  readonly all: readonly ReviewDocument[]
  readonly shown: readonly ReviewDocument[]
  readonly filter: DocumentFilter
}

const MOST_SHOWN = 500

/** Every document with its counts and progress; filters are links of a plain form. */
export function DocumentsView({ visit, progress, all, shown, filter }: DocumentsViewProps) {
  const { say, flag } = visit.messages
  const districts = distinct(all.map(districtOf))
  const years = distinct(all.map(({ fiscalYear }) => (fiscalYear === null ? '' : String(fiscalYear)))).filter(Boolean)
  const flags = distinct(all.flatMap(({ index }) => Object.keys(index?.flags ?? {})))
  const states = DOCUMENT_STATES.map((state) => [state, say(`state-${state}`)] as const)
  return (
    <Layout visit={visit} title={say('nav-documents')} current="documents" progress={progress}>
      <main class="list">
        <h1>{say('documents-count', { count: shown.length })}</h1>
        <form class="filters" method="get" action="/documents">
          <Choice
            name="district"
            label={say('filter-district')}
            value={filter.district}
            all={say('filter-all')}
            options={districts.map((each) => [each, each] as const)}
          />
          <Choice
            name="year"
            label={say('col-year')}
            value={filter.year}
            all={say('filter-all')}
            options={years.map((each) => [each, each] as const)}
          />
          <Choice
            name="flag"
            label={say('filter-flag')}
            value={filter.flag}
            all={say('filter-all')}
            options={flags.map((each) => [each, flag(each)] as const)}
          />
          <Choice
            name="state"
            label={say('filter-grade')}
            value={filter.state}
            all={say('filter-all')}
            options={states}
          />
          <button type="submit">{say('filter-apply')}</button>
        </form>
        <div class="scroll">
          <table class="documents">
            <thead>
              <tr>
                <th scope="col">{say('col-file')}</th>
                <th scope="col">{say('col-publisher')}</th>
                <th scope="col">{say('col-year')}</th>
                <th scope="col" class="number">
                  {say('col-rows')}
                </th>
                <th scope="col" class="number">
                  {say('col-fields')}
                </th>
                <th scope="col" class="number">
                  {say('col-open')}
                </th>
                <th scope="col" class="number">
                  {say('col-judged')}
                </th>
                <th scope="col" class="number">
                  {say('col-broken')}
                </th>
                <th scope="col">{say('col-progress')}</th>
              </tr>
            </thead>
            <tbody>
              {shown.slice(0, MOST_SHOWN).map((document) => (
                <DocumentRow document={document} say={say} />
              ))}
            </tbody>
          </table>
        </div>
      </main>
    </Layout>
  )
}

function DocumentRow({ document, say }: { readonly document: ReviewDocument; readonly say: Messages['say'] }) {
  const { documentId, fileName, publisher, fiscalYear, index, status } = document
  const fields = index?.fields ?? 0
  const done = fields === 0 ? 0 : ((fields - (index?.open ?? 0)) / fields) * 100
  return (
    <tr>
      <th scope="row">
        <a href={`/documents/${documentId}`}>{fileName}</a>
        {status === 'complete' ? null : <span class={`tag ${status}`}>{say(`status-${status}`)}</span>}
      </th>
      <td>{publisher ?? ''}</td>
      <td>{fiscalYear ?? ''}</td>
      <td class="number">{index?.records ?? '…'}</td>
      <td class="number">{index?.fields ?? '…'}</td>
      <td class="number">
        {index === null || index.open === 0 ? (
          (index?.open ?? '…')
        ) : (
          <a
            class="open"
            href={`/?document=${documentId}`}
            aria-label={`${index.open}: ${say('ask-document')}: ${fileName}`}
          >
            {index.open}
          </a>
        )}
      </td>
      <td class="number">{index?.judged ?? '…'}</td>
      <td class={`number ${(index?.contradicted ?? 0) > 0 ? 'broken' : ''}`}>{index?.contradicted ?? '…'}</td>
      <td class="meter">
        <svg viewBox="0 0 100 6" preserveAspectRatio="none" role="img" aria-label={`${done.toFixed(0)} %`}>
          <rect class="track" width="100" height="6" />
          <rect class="accepted" width={done} height="6" />
        </svg>
      </td>
    </tr>
  )
}

interface ChoiceProps {
  readonly name: string
  readonly label: string
  readonly value: string | undefined
  readonly all: string
  readonly options: readonly (readonly [string, string])[]
}

function Choice({ name, label, value, all, options }: ChoiceProps) {
  return (
    <label>
      {label}{' '}
      <select name={name}>
        <option value="">{all}</option>
        {options.map(([key, text]) => (
          <option value={key} selected={key === value}>
            {text}
          </option>
        ))}
      </select>
    </label>
  )
}

function distinct(values: readonly string[]): readonly string[] {
  return [...new Set(values)].toSorted()
}
