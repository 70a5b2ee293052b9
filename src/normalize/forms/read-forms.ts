import { z } from 'zod'
import type { Dictionaries } from '../../model/dictionaries.ts'
import { BudgetForm, mergeBudgetForms } from './budget-form.ts'
import { Form } from './form.ts'
import { KeyFigureForm, mergeKeyFigureForms } from './key-figure-form.ts'
import { mergePerformanceForms, PerformanceForm } from './performance-form.ts'

/** The forms of the dictionaries by the manner in which their tables are read. */
export interface Forms {
  /** Forms of one table each, a record a line: procurement, purchase of services. */
  readonly lineForms: readonly Form[]
  /** The standard budget tables; null where no file describes them. */
  readonly budget: BudgetForm | null
  /** What figures in prose are about; null where no file tells. */
  readonly keyFigures: KeyFigureForm | null
  /** The sheets of projects and their goals; null where no file describes them. */
  readonly performance: PerformanceForm | null
}

/** Any form of `dictionaries/forms`, told by its `recordType`. */
export const AnyForm = z.discriminatedUnion('recordType', [Form, BudgetForm, KeyFigureForm, PerformanceForm])
const known = new WeakMap<Dictionaries, Forms>()

/** Checks and sorts the forms of a set of dictionaries; the same object for the same set. @throws ZodError */
export function readForms(dictionaries: Dictionaries): Forms {
  const ready = known.get(dictionaries) ?? sortForms(dictionaries)
  known.set(dictionaries, ready)
  return ready
}

function sortForms({ forms }: Dictionaries): Forms {
  const all = forms.map((form) => AnyForm.parse(form))
  const isLineForm = ({ recordType }: z.infer<typeof AnyForm>) =>
    recordType === 'procurement_line' || recordType === 'service_purchase_line'
  return {
    lineForms: all.filter((form): form is Form => isLineForm(form)),
    budget: mergeBudgetForms(all.filter((form) => form.recordType === 'budget_line')),
    performance: mergePerformanceForms(all.filter((form) => form.recordType === 'performance_project')),
    keyFigures: mergeKeyFigureForms(all.filter((form) => form.recordType === 'key_figure')),
  }
}
