import { closeSync, openSync, readSync, renameSync, rmSync, statSync } from 'node:fs'

const CHUNK_BYTES = 1024 * 1024

/**
 * Puts a file that is whole in the place of another. One that says the same already is left as it is, time and all, so
 * that programs which copy or watch files have nothing to do. Returns whether the place has changed.
 */
export function replaceFile(temporary: string, path: string): boolean {
  if (isSameContent(temporary, path)) {
    rmSync(temporary)
    return false
  }
  renameSync(temporary, path)
  return true
}

function isSameContent(a: string, b: string): boolean {
  const known = statSync(b, { throwIfNoEntry: false })
  if (known?.isFile() !== true || known.size !== statSync(a).size) return false
  const descriptors: number[] = []
  try {
    for (const path of [a, b]) descriptors.push(openSync(path, 'r'))
    const [first = -1, second = -1] = descriptors
    return isSameFromHere(first, second)
  } finally {
    for (const descriptor of descriptors) closeSync(descriptor)
  }
}

function isSameFromHere(a: number, b: number): boolean {
  const [left, right] = [Buffer.alloc(CHUNK_BYTES), Buffer.alloc(CHUNK_BYTES)]
  for (;;) {
    const length = readSync(a, left)
    if (length === 0) return true
    if (!isFilled(b, right, length)) return false
    if (!left.subarray(0, length).equals(right.subarray(0, length))) return false
  }
}

/** A single read may give less than was asked for. */
function isFilled(descriptor: number, into: Buffer, length: number): boolean {
  let filled = 0
  while (filled < length) {
    const read = readSync(descriptor, into, filled, length - filled, null)
    if (read === 0) return false
    filled += read
  }
  return true
}
