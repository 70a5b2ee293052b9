import { describe, expect, test } from 'vitest'
import { judgePlanted } from '../../bench/restoration/judge-planted.ts'
import { ERROR_KINDS } from '../../bench/restoration/plant-errors.ts'
import { readDictionaries } from '../../src/store/read-dictionaries.ts'

/** Odd seeds are for testing; those of documents in which the publisher errs anyway are left out by the judge. */
const SEEDS = [9001, 9003, 9005, 9007, 9009, 9011]
const outcomes = judgePlanted(SEEDS, readDictionaries())

describe.each(ERROR_KINDS)("a publisher's error in a clean document: %s", (kind) => {
  const own = outcomes.filter((outcome) => outcome.kind === kind)

  test('is planted', () => {
    expect(own.length).toBeGreaterThanOrEqual(4)
  })

  test(kind === 'nothing' ? 'alarms nobody' : 'is flagged, and a person is asked', () => {
    const isExpected = kind !== 'nothing'
    expect(own.filter(({ isFlagged, isAsked }) => isFlagged !== isExpected || isAsked !== isExpected)).toEqual([])
  })

  test('leaves every value as printed', () => {
    expect(own.flatMap(({ altered }) => altered)).toEqual([])
  })
})
