import { defineConfig } from 'vitest/config'

export default defineConfig({
  oxc: { jsx: { importSource: 'hono/jsx' } },
  test: {
    include: ['tests/**/*.test.ts'],
    globalSetup: ['tests/support/own-temporary-folder.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // Pages are read in child processes; two test files at a time are enough for two cores.
    maxWorkers: 2,
  },
})
