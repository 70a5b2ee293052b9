import { drawPublisher } from './content/draw-lines.ts'
import type { Vocabulary } from './content/vocabulary.ts'
import type { RulingStyle } from './page-html.ts'
import type { GeneratedPlan } from './plan-document.ts'
import { planBudget } from './plan-unruled.ts'
import { cover, paragraph, prosePages } from './prose.ts'
import { createRandom } from './random.ts'
import type { WearManner } from './treatments.ts'

const RULED: readonly RulingStyle[] = ['solid', 'solid', 'hairline', 'grey', 'double-frame', 'open-sides']
const TABLES = 4

export interface BudgetDocumentRequest {
  readonly seed: number
  readonly kind: 'budget' | 'budget-scan'
  readonly manner: WearManner | null
}

/** Draws a document of ordinary, ruled budget tables behind a cover: digital, or its tables scanned. */
export function planBudgetDocument(
  { seed, kind, manner }: BudgetDocumentRequest,
  vocabulary: Vocabulary,
): GeneratedPlan {
  const random = createRandom(seed).fork('budget document')
  const publisher = drawPublisher(vocabulary, random.fork('publisher'))
  const year = random.integer(2023, 2026)
  const wear = kind === 'budget-scan' ? (manner ?? 'office') : null
  const tables = Array.from({ length: TABLES }, (_, index) =>
    planBudget({ vocabulary, publisher, year, wear, random: random.fork(`table ${index}`) }, RULED),
  )
  const title = `${publisher.name}${year}年部门预算公开`
  return {
    plan: {
      title,
      publisher: publisher.name,
      fiscalYear: year,
      parts: [
        prosePages([[cover(title), paragraph('本部门预算公开表如下。')]]),
        ...tables.map(({ sheetPlan }) => sheetPlan),
      ],
    },
    seed,
    kind,
    layouts: tables.map(({ layout }) => layout),
    wear: [...new Set(tables.flatMap((table) => table.wear))],
    publisherErrors: [],
  }
}
