import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'

/** How a page of a fake document behaves when it is read; the *-once kinds mend themselves at the second try, *-twice at the third. */
export const Behaviour = z.enum([
  'read',
  'hang',
  'hang-once',
  'leak',
  'leak-once',
  'abort',
  'heap-full',
  'throw',
  'throw-twice',
  'refuse',
  'refuse-once',
  'slow',
  'slow-readers',
  'long-page',
])
export type Behaviour = z.infer<typeof Behaviour>

/** A stand-in for a PDF that the fake page child understands: each page is a behaviour and some rows of text. */
export const FakeDocument = z.object({
  title: z.string(),
  opening: Behaviour.default('read'),
  pages: z.array(z.object({ behaviour: Behaviour, rows: z.array(z.array(z.string())), notice: z.string().optional() })),
})
export type FakeDocument = z.infer<typeof FakeDocument>

export function fakeDocument(title: string, behaviours: readonly Behaviour[], rowsPerPage = 3): FakeDocument {
  const pages = behaviours.map((behaviour, pageIndex) => ({
    behaviour,
    rows: Array.from({ length: rowsPerPage }, (_, row) => [`${title} ${pageIndex + 1}.${row + 1}`, `${row * 100}.00`]),
  }))
  return { title, opening: 'read', pages }
}

/** Pages that take long and give noise: what is read of them is no text. */
export function noisyDocument(pageCount: number): FakeDocument {
  const pages = Array.from({ length: pageCount }, () => ({ behaviour: 'long-page' as const, rows: [['..-', '·—']] }))
  return { title: 'noise', opening: 'read', pages }
}

export function makeFolder(): string {
  return mkdtempSync(join(tmpdir(), 'gongkai-test-'))
}

export function writeFakes(folder: string, documents: Readonly<Record<string, FakeDocument>>): string {
  const inputs = join(folder, 'in')
  mkdirSync(inputs, { recursive: true })
  for (const [name, document] of Object.entries(documents)) {
    writeFileSync(join(inputs, name), JSON.stringify(document))
  }
  return inputs
}
