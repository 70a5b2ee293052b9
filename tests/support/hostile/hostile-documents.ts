import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { BROKEN_LOCKS, BROKEN_REFERENCES, HEAVY_LOCKS } from './broken-references.ts'
import { BROKEN_FILTERS, HEAVY_FILTERS, RARE_PICTURES } from './broken-streams.ts'
import { BROKEN_STRUCTURES, OTHER_FILES } from './broken-structures.ts'
import { HEAVY_CONTENTS, HOSTILE_FONTS, LIGHT_CONTENTS } from './heavy-contents.ts'
import { HEAVY_FILES } from './heavy-tables.ts'
import type { HostileDocuments } from './hostile-document.ts'
import { HOSTILE_PICTURES } from './hostile-pictures.ts'
import { HEAVY_NAMES, HOSTILE_AMOUNTS, LONG_LINES } from './hostile-texts.ts'
import { ENDLESS_CONTENTS, STRANGE_CONTENTS } from './strange-contents.ts'
import { HEAVY_TRICKS, TRICKS } from './tricks.ts'

/** Every kind of file that was thought of. */
export const HOSTILE_DOCUMENTS: HostileDocuments = {
  ...OTHER_FILES,
  ...BROKEN_STRUCTURES,
  ...LIGHT_CONTENTS,
  ...HEAVY_CONTENTS,
  ...HOSTILE_FONTS,
  ...HOSTILE_PICTURES,
  ...BROKEN_REFERENCES,
  ...BROKEN_LOCKS,
  ...HEAVY_LOCKS,
  ...BROKEN_FILTERS,
  ...HEAVY_FILTERS,
  ...RARE_PICTURES,
  ...STRANGE_CONTENTS,
  ...ENDLESS_CONTENTS,
  ...HEAVY_FILES,
  ...TRICKS,
  ...HOSTILE_AMOUNTS,
  ...LONG_LINES,
  ...HEAVY_TRICKS,
  ...HEAVY_NAMES,
}

/** Writes them as `.pdf` files into a folder, which is made. */
export function writeHostileDocuments(folder: string, documents: HostileDocuments = HOSTILE_DOCUMENTS): void {
  mkdirSync(folder, { recursive: true })
  for (const [name, make] of Object.entries(documents)) writeFileSync(join(folder, `${name}.pdf`), make())
}
