// Writes the reference of the library into a file (docs/library-reference.md when none is given), and fails when an
// export, or what one refers to, is not documented.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { Application } from 'typedoc'

const root = resolve(import.meta.dirname, '../..')
const target = resolve(process.argv[2] ?? resolve(root, 'docs/library-reference.md'))
const folder = mkdtempSync(join(tmpdir(), 'gongkai-reference-'))
process.on('exit', () => rmSync(folder, { recursive: true, force: true }))

const application = await Application.bootstrapWithPlugins({
  name: 'gongkai',
  entryPoints: [resolve(root, 'src/library.ts')],
  tsconfig: resolve(root, 'tools/api-reference/tsconfig.json'),
  plugin: ['typedoc-plugin-markdown'],
  readme: 'none',
  out: folder,
  logLevel: 'Warn',
  disableSources: true,
  excludeInternal: true,
  excludeExternals: true,
  hideGenerator: true,
  sort: ['source-order'],
  kindSortOrder: [
    'Function',
    'Interface',
    'TypeAlias',
    'Class',
    'Variable',
    'Constructor',
    'Property',
    'Accessor',
    'Method',
  ],
  treatValidationWarningsAsErrors: true,
  validation: { notExported: true, invalidLink: true, notDocumented: true },
  requiredToBeDocumented: ['Function', 'Class', 'Interface', 'TypeAlias', 'Variable', 'Method', 'Accessor'],
  // Lists in which the values of a type are written down once; the type is what a caller sees.
  intentionallyNotExported: ['ERROR_KINDS', 'FLAG_MEANINGS', 'RECORD_TYPES', 'SUMMARY_STATUSES', 'TABLE_FORMATS'],
  outputFileStrategy: 'modules',
  hideBreadcrumbs: true,
  hidePageHeader: true,
  useCodeBlocks: false,
  parametersFormat: 'table',
  interfacePropertiesFormat: 'table',
  typeAliasPropertiesFormat: 'table',
  typeDeclarationFormat: 'table',
})
const project = await application.convert()
if (project === undefined) process.exit(1)
application.validate(project)
if (application.logger.hasErrors() || application.logger.hasWarnings()) process.exit(1)
await application.generateOutputs(project)
if (application.logger.hasErrors()) process.exit(1)
const made = '<!-- made by npm run docs:reference from the comments in src/library.ts and what it exports -->'
writeFileSync(target, `${made}\n\n${readFileSync(join(folder, 'README.md'), 'utf8').trimEnd()}\n`)
