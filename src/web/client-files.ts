import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** A file that the browser runs or shows, as it lies in the folder `client`. */
export interface ClientFile {
  readonly body: Uint8Array<ArrayBuffer>
  readonly mediaType: string
}

const CLIENT_FOLDER = fileURLToPath(new URL('./client/', import.meta.url))
const MEDIA_TYPES: Readonly<Record<string, string>> = {
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  svg: 'image/svg+xml',
}

/** All files of the browser's side by name, read once: no path of a request ever reaches the disk. */
export function readClientFiles(folder: string = CLIENT_FOLDER): ReadonlyMap<string, ClientFile> {
  return new Map(
    readdirSync(folder).flatMap((name) => {
      const mediaType = MEDIA_TYPES[name.split('.').at(-1) ?? '']
      return mediaType === undefined
        ? []
        : [[name, { body: new Uint8Array(readFileSync(join(folder, name))), mediaType }]]
    }),
  )
}
