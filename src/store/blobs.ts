import { blobsInFolder } from './blobs-in-folder.ts'

/** Bytes under names such as 'artefacts/ab12…'. What is named by its content is written once and never changed. */
export interface BlobStore {
  has(name: string): Promise<boolean>
  put(name: string, bytes: Uint8Array): Promise<void>
  /** Null when there is none of that name. */
  get(name: string): Promise<Uint8Array | null>
  putFile(name: string, path: string): Promise<void>
  /** Writes the bytes to a new file; false when there is none of that name. */
  getFile(name: string, path: string): Promise<boolean>
  close(): void
}

/**
 * Opens the place that --artefacts names: an absolute folder, or s3://bucket/prefix. A place that cannot be used throws
 * store/artefacts-unavailable at its first use.
 */
export async function openBlobs(place: string): Promise<BlobStore> {
  if (!place.startsWith('s3://')) return blobsInFolder(place)
  // A large library that few need is loaded for those only.
  const { blobsInS3 } = await import('./blobs-in-s3.ts')
  return blobsInS3(place)
}
