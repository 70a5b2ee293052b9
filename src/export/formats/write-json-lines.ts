import { join } from 'node:path'
import { z } from 'zod'
import type { PublishedDocument } from '../../publish/published-document.ts'
import { toCheckLines, toDocumentLine, toRecordLines } from '../../publish/to-json-lines.ts'
import type { DatasetWriter } from '../dataset-writer.ts'
import { openFileTarget } from '../file-target.ts'
import { CheckLine, DocumentLine, RecordLine } from './json-line-schemas.ts'

const FILES = [
  { name: 'records', schema: RecordLine, toLines: toRecordLines },
  { name: 'documents', schema: DocumentLine, toLines: (document: PublishedDocument) => [toDocumentLine(document)] },
  { name: 'checks', schema: CheckLine, toLines: toCheckLines },
] as const

/** `jsonl/<name>.jsonl` as an ingest writes them, each with the JSON Schema of its lines in `jsonl/<name>.schema.json`. */
export function openJsonLinesWriter(folder: string): DatasetWriter {
  const place = join(folder, 'jsonl')
  const targets = FILES.map((file) => ({ ...file, target: openFileTarget(join(place, `${file.name}.jsonl`)) }))
  return {
    add(_, document) {
      if (document === null) return
      for (const { target, toLines } of targets)
        target.write(
          toLines(document)
            .map((line) => `${line}\n`)
            .join(''),
        )
    },
    async finish() {
      return targets.flatMap(({ name, schema, target }) => {
        const described = openFileTarget(join(place, `${name}.schema.json`))
        described.write(`${JSON.stringify(z.toJSONSchema(schema), null, 2)}\n`)
        return [target.finish().path, described.finish().path]
      })
    },
    discard() {
      for (const { target } of targets) target.discard()
    },
  }
}
