import type { Candidate, Check, GradedField } from '../../model/record.ts'
import type { Reading } from '../../model/table.ts'
import { type Html, html } from '../../publish/html.ts'
import { toPublishedGrade } from '../../publish/to-json-lines.ts'
import type { EvidenceWords } from './evidence-texts.ts'
import { type PagePicture, renderBox, renderCrop } from './picture-view.ts'
import { type CheckContext, renderChecks } from './render-checks.ts'

export interface FieldContext extends CheckContext {
  readonly pictureOf: (pageNumber: number) => PagePicture | null
}

/** A glyph that its reader was less sure of is marked. */
const SURE = 0.9
const DECIMALS = 3

/** One field with all that speaks for it and against it. */
export function renderField(field: GradedField, checks: readonly Check[], context: FieldContext): Html {
  const { words } = context
  const grade = toPublishedGrade(field)
  const { name, value, confidence } = field
  return html`<article class="field ${grade}" id="${name}">
<header><h2>${words.field(name)} <code>${name}</code></h2><span class="badge ${grade}">${words.say(`grade-${grade}`)}</span></header>
<div class="cell-and-value">
<figure>${renderCell(field, context)}<figcaption>${words.say('page', { page: field.pageNumber })}</figcaption></figure>
<div>
<p class="value">${value === null ? html`<i>${words.say('no-value')}</i>` : value}</p>
<p class="sure"><meter min="0" max="1" low="0.9" high="0.99" optimum="1" value="${String(confidence)}"></meter> ${words.say('confidence', { confidence: confidence.toFixed(DECIMALS) })}</p>
</div>
</div>
<dl>
${entry(words.say('raw'), field.raw === '' ? null : html`<q>${field.raw}</q>`)}
${entry(words.say('flags'), renderFlags(field, words))}
${entry(words.say('judged'), renderJudgement(field, words))}
${entry(words.say('readings'), renderReadings(field.readings, words))}
${entry(words.say('evidence'), list(field.evidence.map(words.finding)))}
${entry(words.say('candidates'), renderCandidates(field.candidates, words))}
${entry(words.say('equations'), renderChecks(checks, context))}
</dl>
</article>`
}

function entry(term: string, told: Html | null): Html | null {
  return told === null ? null : html`<dt>${term}</dt><dd>${told}</dd>`
}

function list(texts: readonly string[]): Html | null {
  return texts.length === 0 ? null : html`<ul>${texts.map((text) => html`<li>${text}</li>`)}</ul>`
}

function renderCell({ name, bbox, pageNumber }: GradedField, { words, pictureOf }: FieldContext): Html {
  const picture = pictureOf(pageNumber)
  if (picture === null) return html`<p class="no-picture">${words.say('no-picture')}</p>`
  const label = `${words.say('the-cell')}: ${words.field(name)}`
  return renderCrop(picture, { box: bbox, marks: renderBox(bbox, 'asked', label), label, kind: 'cell' })
}

function renderFlags({ flags }: GradedField, words: EvidenceWords): Html | null {
  if (flags.length === 0) return null
  return html`<ul class="flags">${flags.map(
    ({ code, detail }) =>
      html`<li><code>${code}</code> ${words.flag(code)}${detail === '' ? null : html` <small>${words.finding(detail)}</small>`}</li>`,
  )}</ul>`
}

function renderJudgement({ judgement }: GradedField, words: EvidenceWords): Html | null {
  if (judgement === undefined) return null
  const { verdict, reviewer, judgedAt, machineValue, reason } = judgement
  return html`<code>${verdict}</code> ${reviewer}, <time datetime="${judgedAt}">${judgedAt}</time>; ${words.say('machine-value')} <q>${machineValue ?? words.say('no-value')}</q>${reason === '' ? null : `; ${reason}`}`
}

function renderReadings(readings: readonly Reading[], words: EvidenceWords): Html | null {
  if (readings.length === 0) return null
  return html`<table class="readings">${readings.map(
    (reading) =>
      html`<tr><th scope="row">${words.say(`reader-${reading.reader}`)}</th><td>${renderReading(reading)}</td><td>${reading.confidence === null ? '' : reading.confidence.toFixed(DECIMALS)}</td></tr>`,
  )}</table>`
}

/** Glyph by glyph where the reader told of each, so that what it doubted can be seen. */
function renderReading({ lines, characters }: Reading): Html {
  const text = lines.join('\n')
  const isTold = characters.map((character) => character.text).join('') === lines.join('')
  if (!isTold) return html`<span class="reading">${text}</span>`
  const glyphs = characters.map(({ text: glyph, confidence, alternatives }) => {
    if (confidence >= SURE) return glyph
    const others = alternatives.map((other) => `${other.text} ${other.confidence.toFixed(2)}`).join(', ')
    return html`<mark title="${`${confidence.toFixed(2)}${others === '' ? '' : `; ${others}`}`}">${glyph}</mark>`
  })
  return html`<span class="reading">${glyphs}</span>`
}

function renderCandidates(candidates: readonly Candidate[], words: EvidenceWords): Html | null {
  if (candidates.length === 0) return null
  return html`<ol>${candidates.map(
    ({ value, label, probability, evidence }) =>
      html`<li><b>${value}</b> ${label === value ? null : label} <small>${probability.toFixed(DECIMALS)} · ${words.finding(evidence)}</small></li>`,
  )}</ol>`
}
