import { fillTemplate, type MessageValues } from './message-template.ts'

/**
 * The command was wrong, not the world: said in words for who typed it. The message is the English text with its `{name}`
 * places filled; text and values are kept, so that it can be said in another language.
 */
export class UsageError extends Error {
  readonly template: string
  readonly values: MessageValues

  constructor(template: string, values: MessageValues = {}) {
    super(fillTemplate(template, values))
    this.name = 'UsageError'
    this.template = template
    this.values = values
  }
}
