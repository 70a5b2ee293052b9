import type { FormPlan } from './build-document.ts'
import { drawPublisher } from './content/draw-lines.ts'
import type { Vocabulary } from './content/vocabulary.ts'
import { FORM_STYLE } from './form-sheet.ts'
import { printMoney, yuanToFen } from './money.ts'
import { A4_LANDSCAPE } from './page-html.ts'
import { drawProject } from './performance/draw-project.ts'
import { foundingLayout } from './performance/founding-layout.ts'
import { longListLayout, twoTermLayout } from './performance/other-layouts.ts'
import type { ProjectFacts } from './performance/project-facts.ts'
import type { GeneratedPlan } from './plan-document.ts'
import { tellProjects } from './prose-figures.ts'
import { createRandom } from './random.ts'

export interface FormDocumentRequest {
  readonly seed: number
}

/** Draws a document of performance sheets in one of three provinces' layouts behind prose that names the projects. */
export function planPerformance({ seed }: FormDocumentRequest, vocabulary: Vocabulary): GeneratedPlan {
  const random = createRandom(seed).fork('performance')
  const publisher = drawPublisher(vocabulary, random.fork('publisher'))
  const year = random.integer(2023, 2026)
  const drawn = Array.from({ length: random.integer(2, 4) }, () => drawProject(publisher, year, random))
  const projects = drawn.filter((each, index) => drawn.findIndex(({ name }) => name === each.name) === index)
  const layout = random.pick(['sheet-a-project', 'long-list', 'two-terms'] as const)
  const title = `${publisher.name}${year}年部门预算公开`
  const amounts = projects.map(({ name, currentBudget }) => ({
    name,
    yuan: currentBudget,
    printed: printMoney(yuanToFen(currentBudget), { unit: '万元', decimals: null, grouped: false }),
  }))
  return {
    plan: {
      title,
      publisher: publisher.name,
      fiscalYear: year,
      parts: [
        tellProjects(title, year, amounts, random.fork('prose')),
        formsOf(layout, projects, year, publisher.name),
      ],
    },
    seed,
    kind: 'performance',
    layouts: [layout],
    wear: [],
    publisherErrors: [],
  }
}

function formsOf(layout: string, projects: readonly ProjectFacts[], year: number, publisher: string): FormPlan {
  if (layout === 'long-list')
    return { forms: [longListLayout(projects, year)], style: { ...FORM_STYLE, paper: A4_LANDSCAPE } }
  const title = `${year}年项目支出(绩效目标）申报表`
  const forms = projects.map((facts) =>
    layout === 'two-terms' ? twoTermLayout(facts, year) : foundingLayout(facts, title, publisher),
  )
  return { forms, style: FORM_STYLE }
}
