import { readFieldLists } from '../../../src/queue/field-lists.ts'
import { readDictionaries } from '../../../src/store/read-dictionaries.ts'
import { type OpenReview, openReview, type ReviewSettings } from '../../../src/web/open-review.ts'
import type { MemoryRepository } from './memory-repository.ts'

const dictionaries = readDictionaries()
const { kinds, lists } = readFieldLists(dictionaries)

/** The whole page over a batch in memory, on a free port. */
export function openFakeReview(
  repository: MemoryRepository,
  change: Partial<ReviewSettings> = {},
): Promise<OpenReview> {
  return openReview(repository, {
    host: '127.0.0.1',
    port: 0,
    token: null,
    reviewer: 'wang',
    audit: { share: 0, seed: 'x' },
    dictionaries,
    fieldKinds: kinds,
    fieldSchemes: lists,
    fieldNames: new Map(),
    proposals: () => '',
    onFailure: (error) => {
      throw error
    },
    ...change,
  })
}
