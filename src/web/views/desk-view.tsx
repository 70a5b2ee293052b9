import { toScriptJson } from '../../publish/escape-html.ts'
import type { ReviewProgress } from '../count-progress.ts'
import type { MessageKey } from '../message-texts.ts'
import { Layout, type Visit } from './layout.tsx'

const KEYS: readonly (readonly [readonly string[], MessageKey])[] = [
  [['Enter'], 'key-accept'],
  [['1', '…', '9'], 'key-pick'],
  [['c', '/'], 'key-type'],
  [['u'], 'key-unreadable'],
  [['p'], 'key-printed'],
  [['s'], 'key-skip'],
  [['z', 'Backspace'], 'key-undo'],
  [['x'], 'key-split'],
  [['r'], 'key-remark'],
  [['+', '-', '0'], 'key-zoom'],
  [['←', '↑', '→', '↓'], 'key-move'],
  [['t'], 'key-table'],
  [['Esc'], 'key-leave'],
  [['?'], 'key-help'],
]

interface DeskViewProps {
  readonly visit: Visit
  readonly progress: ReviewProgress
  /** What the browser begins with: the first question, texts and names. */
  readonly start: unknown
}

/** The reviewer's desk. The browser fills it; without a question the empty state stands. */
export function DeskView({ visit, progress, start }: DeskViewProps) {
  const { say } = visit.messages
  return (
    <Layout visit={visit} title={say('nav-desk')} current="desk" progress={progress} scripts={['desk.js']}>
      <main class="desk" id="desk">
        <section class="ask" id="ask" aria-live="polite" hidden>
          <h1 id="question-title">{say('nav-desk')}</h1>
          <p class="place" id="question-place" />
          <section class="cells" id="cells" aria-label={say('asked-cell')} />
          <figure class="row-picture">
            <figcaption>{say('asked-row')}</figcaption>
            <div id="row-picture" />
            <dl id="row-values" />
          </figure>
          <div class="proposal" id="proposal" />
          <ol class="offers" id="offers" aria-label={say('candidates')} />
          <div class="hand">
            <form class="typing" id="typing" autocomplete="off">
              <label for="typed" id="typed-label">
                {say('type-value')}
              </label>
              <input
                id="typed"
                name="typed"
                type="text"
                spellcheck={false}
                role="combobox"
                aria-expanded="false"
                aria-controls="found"
                aria-autocomplete="list"
              />
              <div id="found" role="listbox" tabindex={-1} aria-labelledby="typed-label" hidden />
              <p class="fault" id="fault" role="alert" />
            </form>
            <div class="actions">
              <button type="button" class="main" data-do="accept">
                <kbd>↵</kbd> <span id="accept-label">{say('accept')}</span>
              </button>
              <button type="button" data-do="unreadable">
                <kbd>u</kbd> {say('unreadable')}
              </button>
              <button type="button" data-do="printed-so">
                <kbd>p</kbd> {say('printed-so')}
              </button>
              <button type="button" data-do="split" id="split" hidden>
                <kbd>x</kbd> <span id="split-label">{say('split')}</span>
              </button>
              <button type="button" data-do="skip">
                <kbd>s</kbd> {say('skip')}
              </button>
              <button type="button" data-do="undo">
                <kbd>z</kbd> {say('undo')}
              </button>
              <button type="button" data-do="help" aria-label={say('help-title')}>
                <kbd>?</kbd>
              </button>
            </div>
            <p class="settled" id="settled" role="status" />
          </div>
          <label class="remark" for="reason">
            <kbd>r</kbd> {say('reason')} <input id="reason" type="text" maxlength={500} />
          </label>
          <div class="story" id="story" />
        </section>
        <section class="empty" id="empty" hidden>
          <h1>{say('no-questions')}</h1>
          <p id="empty-hint">{say('no-questions-hint')}</p>
          <p>
            <button type="button" class="main" data-do="again" id="again" hidden>
              {say('ask-skipped')}
            </button>{' '}
            <button type="button" class="main" data-do="publish">
              {say('write-results')}
            </button>{' '}
            <button type="button" data-do="undo">
              <kbd>z</kbd> {say('undo')}
            </button>
          </p>
        </section>
        <section class="viewer" id="viewer" aria-label={say('whole-page')} tabindex={0}>
          <div class="sheet" id="sheet" />
          <p class="hint">{say('zoom-hint')}</p>
        </section>
      </main>
      <p class="toast" id="toast" role="status" />
      <dialog id="help" aria-labelledby="help-title">
        <h2 id="help-title">{say('help-title')}</h2>
        <table>
          <tbody>
            {KEYS.map(([keys, meaning]) => (
              <tr>
                <th scope="row">
                  {keys.map((key) => (
                    <kbd>{key}</kbd>
                  ))}
                </th>
                <td>{say(meaning)}</td>
              </tr>
            ))}
          </tbody>
        </table>
        <form method="dialog">
          <button type="submit">{say('close')}</button>
        </form>
      </dialog>
      <dialog id="mismatch" aria-labelledby="mismatch-title">
        <h2 id="mismatch-title">{say('mismatch-title')}</h2>
        <dl>
          <dt>{say('mismatch-yours')}</dt>
          <dd id="mismatch-yours" />
          <dt>{say('mismatch-machine')}</dt>
          <dd id="mismatch-machine" />
        </dl>
        <p>{say('mismatch-hint')}</p>
        <p>
          <button type="button" class="main" data-mismatch="yours">
            <kbd>↵</kbd> {say('mismatch-yours')}
          </button>{' '}
          <button type="button" data-mismatch="machine">
            <kbd>1</kbd> {say('mismatch-machine')}
          </button>
        </p>
      </dialog>
      <script id="start" type="application/json" dangerouslySetInnerHTML={{ __html: toScriptJson(start) }} />
    </Layout>
  )
}
