import { ZodError } from 'zod'
import type { Dictionaries } from '../model/dictionaries.ts'
import { PipelineError } from '../model/pipeline-error.ts'
import { AnyForm } from '../normalize/forms/read-forms.ts'
import { DICTIONARIES_FOLDER, listFormFiles, readDictionaries } from '../store/read-dictionaries.ts'

/** Reads and checks all that documents are judged by. Throws dictionaries/damaged, which names the file at fault. */
export function loadDictionaries(folder: string = DICTIONARIES_FOLDER): Dictionaries {
  try {
    const dictionaries = readDictionaries(folder)
    if (dictionaries.forms.length === 0) throw new Error('dictionaries/forms: there is no form')
    const files = listFormFiles(folder)
    for (const [index, form] of dictionaries.forms.entries()) checkForm(form, files[index] ?? '')
    return dictionaries
  } catch (error) {
    throw new PipelineError('dictionaries/damaged', describeFault(error), { cause: error })
  }
}

function checkForm(form: unknown, file: string): void {
  const { error } = AnyForm.safeParse(form)
  if (error !== undefined) throw new Error(`dictionaries/forms/${file}: ${error.message}`, { cause: error })
}

/** A schema's complaint is long and full of brackets: its first point is enough to find the place. */
function describeFault(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const { cause } = error
  const issue = cause instanceof ZodError ? cause.issues[0] : undefined
  if (issue === undefined) return error.message
  const place = error.message.slice(0, error.message.length - (cause as ZodError).message.length)
  return `${place}${issue.path.join('.')}: ${issue.message}`
}
