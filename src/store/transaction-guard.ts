import { AsyncLocalStorage } from 'node:async_hooks'

const insideTransaction = new AsyncLocalStorage<true>()

/** Runs the body of a transaction; what it calls is known to be inside. */
export function runInsideTransaction<Result>(work: () => Promise<Result>): Promise<Result> {
  return insideTransaction.run(true, work)
}

/** Throws for a query that is made beside the transaction it belongs to: with one connection it would wait for ever. */
export function assertOutsideTransaction(): void {
  if (insideTransaction.getStore() === true) {
    throw new Error('inside a transaction only the tables that it was given may be used')
  }
}
