import type { Check, CheckMember } from '../../model/record.ts'
import { type Html, html } from '../../publish/html.ts'
import { toRecordId } from '../../publish/to-json-lines.ts'
import type { EvidenceWords } from './evidence-texts.ts'

/** Where the page of a record is, as seen from the pages of a document; null where the site has none. */
export type FindRecordPage = (member: CheckMember) => string | null

export interface CheckContext {
  readonly documentId: string
  readonly words: EvidenceWords
  readonly findPage: FindRecordPage
}

/** Equations, those that do not hold first; nothing for none. */
export function renderChecks(checks: readonly Check[], context: CheckContext): Html | null {
  if (checks.length === 0) return null
  const broken = checks.filter(({ outcome }) => outcome === 'contradicted')
  const others = checks.filter(({ outcome }) => outcome !== 'contradicted')
  return html`<ul class="checks">${[...broken, ...others].map((check) => renderCheck(check, context))}</ul>`
}

function renderCheck(check: Check, context: CheckContext): Html {
  const { words } = context
  const { kind, where, outcome, expected, found, difference, members } = check
  const numbers = { expected: expected ?? '?', found: found ?? '?', difference: difference ?? '?' }
  return html`<li class="${outcome}"><b>${words.outcome(outcome)}</b> ${words.kind(kind)} <span class="where">${words.finding(where)}</span>
<span class="numbers">${words.say('equation-numbers', numbers)}</span>
<details><summary>${members.length} ${words.say('fields')}</summary><ol>${members.map((member) => renderMember(member, context))}</ol></details></li>`
}

function renderMember(member: CheckMember, { documentId, words, findPage }: CheckContext): Html {
  const id = toRecordId(member.documentId ?? documentId, member)
  const page = findPage(member)
  const link = page === null ? html`<code>${id}</code>` : html`<a href="${page}#${member.field}"><code>${id}</code></a>`
  return html`<li>${link} ${words.field(member.field)}</li>`
}
