import { drawPublisher } from './content/draw-lines.ts'
import type { Vocabulary } from './content/vocabulary.ts'
import { FORM_STYLE } from './form-sheet.ts'
import {
  balanceOfAccounts,
  basicOfAccounts,
  expenditureOfAccounts,
  publicExpensesOfAccounts,
} from './layouts/final-accounts-layouts.ts'
import { A4_LANDSCAPE } from './page-html.ts'
import type { GeneratedPlan } from './plan-document.ts'
import type { FormDocumentRequest } from './plan-performance.ts'
import { cover, paragraph, prosePages } from './prose.ts'
import { createRandom } from './random.ts'

/** Draws the standard tables of final accounts as all provinces print them, behind a cover. */
export function planFinalAccounts({ seed }: FormDocumentRequest, vocabulary: Vocabulary): GeneratedPlan {
  const random = createRandom(seed).fork('final accounts')
  const publisher = drawPublisher(vocabulary, random.fork('publisher'))
  const year = random.integer(2021, 2025)
  const title = `${publisher.name}${year}年度部门决算`
  const request = (name: string) => ({ vocabulary, publisher, random: random.fork(name) })
  const forms = [
    balanceOfAccounts(request('balance')),
    expenditureOfAccounts(request('expenditure'), false),
    expenditureOfAccounts(request('general'), true),
    basicOfAccounts(request('basic')),
    publicExpensesOfAccounts(request('three public')),
  ]
  return {
    plan: {
      title,
      publisher: publisher.name,
      fiscalYear: year,
      parts: [
        prosePages([[cover(title), paragraph('本部门决算公开表如下。')]]),
        { forms, style: { ...FORM_STYLE, paper: A4_LANDSCAPE } },
      ],
    },
    seed,
    kind: 'final-accounts',
    layouts: forms.map(({ title: name }) => name),
    wear: [],
    publisherErrors: [],
  }
}
