import { unionOfBoxes } from '../../model/bounding-box.ts'
import type { FieldDraft } from '../../model/record.ts'
import type { BodyRow } from '../forms/classify-rows.ts'
import type { Form } from '../forms/form.ts'
import { supportOf } from './create-field-draft.ts'

/**
 * The amount of a line whose table shows no column of money that we could find: null, for a person to fill in from the
 * picture of the whole line. None where the line has an amount, whatever it is.
 */
export function draftLostAmount(form: Form, row: BodyRow, drafted: readonly FieldDraft[]): readonly FieldDraft[] {
  const column = form.columns.find((each) => each.column === 'amount')
  const [field] = column?.fields ?? []
  const cells = [...row.uses.values()].filter(({ isInherited }) => !isInherited).map(({ cell }) => cell)
  const bbox = unionOfBoxes(cells.map((cell) => cell.bbox))
  const [cell] = cells
  if (field === undefined || cell === undefined || bbox === null || drafted.some(({ name }) => name === field))
    return []
  const support = {
    ...supportOf(cell, null, () => null),
    readersAgreeing: 0,
    readersDisagreeing: 0,
    form: 'misfits',
  } as const
  return [
    {
      name: field,
      value: null,
      raw: '',
      pageNumber: row.pageNumber,
      bbox,
      flags: [
        { code: 'value-missing', detail: 'no column of money was found in this table' },
        { code: 'structure-uncertain', detail: 'a column of the form is missing' },
      ],
      evidence: [],
      candidates: [],
      readings: [],
      support,
    },
  ]
}
