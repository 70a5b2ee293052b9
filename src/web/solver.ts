import type { DocumentIndex } from '../review/index-document.ts'
import type { ReviewedOutcome } from '../review/review-repository.ts'

/** What answers settled. `judged` fields were answered; `settled` more followed from them (less than 0: were opened again). */
export interface Settlement {
  readonly documentId: string
  readonly batchIds: readonly string[]
  readonly judged: number
  readonly settled: number
}

export interface Solved {
  readonly outcome: ReviewedOutcome
  readonly index: DocumentIndex
  readonly stateId: string
}

/** Puts documents together again after answers, one at a time; answers that come meanwhile are worked in together. */
export interface Solver {
  request(documentId: string, answer: { readonly batchId: string; readonly judged: number }): void
  /** Resolves when nothing is left to do for the document, or for any (null). */
  settled(documentId: string | null): Promise<void>
  pending(): number
  settlements(): readonly Settlement[]
}

export interface SolverServices {
  readonly solve: (documentId: string) => Promise<Solved>
  readonly openFields: (documentId: string) => number
  readonly onSolved: (documentId: string, solved: Solved, batchIds: readonly string[]) => void
  readonly onFailure: (error: unknown) => void
}

const SETTLEMENTS_KEPT = 50

export function createSolver({ solve, openFields, onSolved, onFailure }: SolverServices): Solver {
  const waiting = new Map<string, { batchIds: string[]; judged: number }>()
  let settlements: readonly Settlement[] = []
  let current: string | null = null
  let running: Promise<void> = Promise.resolve()

  async function solveNext(): Promise<void> {
    const [next] = waiting
    if (next === undefined || current !== null) return
    const [documentId, { batchIds, judged }] = next
    waiting.delete(documentId)
    current = documentId
    const before = openFields(documentId)
    try {
      const solved = await solve(documentId)
      onSolved(documentId, solved, batchIds)
      const settled = before - solved.index.open - judged
      settlements = [{ documentId, batchIds, judged, settled }, ...settlements].slice(0, SETTLEMENTS_KEPT)
    } catch (error) {
      onFailure(error)
    } finally {
      current = null
    }
    await solveNext()
  }

  return {
    request(documentId, { batchId, judged }) {
      const known = waiting.get(documentId) ?? { batchIds: [], judged: 0 }
      waiting.set(documentId, { batchIds: [...known.batchIds, batchId], judged: known.judged + judged })
      if (current === null) running = solveNext()
    },
    async settled(documentId) {
      const isBusy = () =>
        documentId === null ? waiting.size > 0 || current !== null : waiting.has(documentId) || current === documentId
      while (isBusy()) await running
    },
    pending: () => waiting.size + (current === null ? 0 : 1),
    settlements: () => settlements,
  }
}
