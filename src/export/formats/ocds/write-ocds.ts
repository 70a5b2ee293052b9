import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { sortRecords } from '../../../publish/to-json-lines.ts'
import type { DatasetWriter } from '../../dataset-writer.ts'
import { openFileTarget } from '../../file-target.ts'
import type { CatalogueLinks } from '../../tables/catalogue-links.ts'
import { toExactJson } from './exact-json.ts'
import { isPurchase, toOcdsDate, toOcdsRelease } from './to-ocds-release.ts'

const NO_PUBLISHER = 'gongkai'

/**
 * `ocds/release-package.json`: a release package of OCDS 1.1 with a planning release for every planned purchase. It names
 * itself by what it holds (RFC 6920), and no time of its making.
 */
export function openOcdsWriter(folder: string, links: CatalogueLinks): DatasetWriter {
  const target = openFileTarget(join(folder, 'ocds', 'release-package.json'))
  const hash = createHash('sha256')
  const publishers = new Set<string>()
  let lastDate = toOcdsDate(null)
  let releases = 0
  const write = (text: string) => {
    hash.update(text)
    target.write(text)
  }
  target.write('{"version":"1.1","releases":[')
  return {
    add(_, document) {
      if (document === null) return
      for (const record of sortRecords(document.records).filter(isPurchase)) {
        write(`${releases === 0 ? '\n' : ',\n'}${toExactJson(toOcdsRelease(document, record, links))}`)
        releases += 1
        publishers.add(document.publisher ?? NO_PUBLISHER)
        const date = toOcdsDate(document.fiscalYear)
        if (date > lastDate) lastDate = date
      }
    },
    async finish() {
      const [only, ...others] = publishers
      const head = {
        uri: `ni:///sha-256;${hash.digest('base64url')}`,
        publisher: { name: others.length === 0 && only !== undefined ? only : NO_PUBLISHER },
        publishedDate: lastDate,
      }
      target.write(`\n],${toExactJson(head).slice(1)}\n`)
      return [target.finish().path]
    },
    discard: () => target.discard(),
  }
}
