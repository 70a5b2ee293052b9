import type { PagePicture } from '../review/review-repository.ts'

/** Pages as pictures, kept in memory while they are looked at. */
export interface PictureCache {
  /** Null where the page cannot be shown. */
  get(documentId: string, pageNumber: number): Promise<PagePicture | null>
  /** Begins to make a picture that will be asked for soon. */
  warm(documentId: string, pageNumber: number): void
}

export interface PictureSource {
  readonly read: (documentId: string, pageNumber: number) => Promise<PagePicture>
  readonly onFailure: (error: unknown) => void
}

const PICTURES_KEPT = 24

export function createPictureCache({ read, onFailure }: PictureSource): PictureCache {
  const pictures = new Map<string, Promise<PagePicture | null>>()

  function get(documentId: string, pageNumber: number): Promise<PagePicture | null> {
    if (!/^[0-9a-f]{64}$/.test(documentId) || !Number.isInteger(pageNumber) || pageNumber < 1)
      return Promise.resolve(null)
    const key = `${documentId}/${pageNumber}`
    const known = pictures.get(key)
    pictures.delete(key)
    const picture =
      known ??
      read(documentId, pageNumber).catch((error: unknown) => {
        onFailure(error)
        pictures.delete(key)
        return null
      })
    pictures.set(key, picture)
    const [oldest] = pictures.keys()
    if (pictures.size > PICTURES_KEPT && oldest !== undefined) pictures.delete(oldest)
    return picture
  }

  return { get, warm: (documentId, pageNumber) => void get(documentId, pageNumber) }
}
