import type { PagePicture } from '../review/review-repository.ts'

/** Pages as pictures, kept in memory while they are looked at. */
export interface PictureCache {
  /** Null where the page cannot be shown. */
  get(documentId: string, pageNumber: number): Promise<PagePicture | null>
  /** Makes a picture that will be asked for soon, when none is waited for. */
  warm(documentId: string, pageNumber: number): void
}

export interface PictureSource {
  readonly read: (documentId: string, pageNumber: number) => Promise<PagePicture>
  readonly onFailure: (error: unknown) => void
}

interface Order {
  readonly key: string
  readonly begin: () => Promise<void>
}

const PICTURES_KEPT = 24

/** One picture is made at a time, those that somebody waits for first: other work needs the machine too. */
export function createPictureCache({ read, onFailure }: PictureSource): PictureCache {
  const pictures = new Map<string, Promise<PagePicture | null>>()
  const orders: Order[] = []
  let isReading = false

  async function work(): Promise<void> {
    if (isReading) return
    isReading = true
    for (let next = orders.shift(); next !== undefined; next = orders.shift()) await next.begin()
    isReading = false
  }

  function order(key: string, documentId: string, pageNumber: number): Promise<PagePicture | null> {
    return new Promise((resolve) => {
      const begin = () =>
        read(documentId, pageNumber).then(resolve, (error: unknown) => {
          onFailure(error)
          pictures.delete(key)
          resolve(null)
        })
      orders.push({ key, begin })
    })
  }

  function find(documentId: string, pageNumber: number, isWaitedFor: boolean): Promise<PagePicture | null> {
    if (!/^[0-9a-f]{64}$/.test(documentId) || !Number.isInteger(pageNumber) || pageNumber < 1)
      return Promise.resolve(null)
    const key = `${documentId}/${pageNumber}`
    const known = pictures.get(key)
    pictures.delete(key)
    const picture = known ?? order(key, documentId, pageNumber)
    pictures.set(key, picture)
    const at = orders.findIndex((each) => each.key === key)
    if (isWaitedFor && at > 0) orders.unshift(...orders.splice(at, 1))
    void work()
    const [oldest] = pictures.keys()
    if (pictures.size > PICTURES_KEPT && oldest !== undefined) pictures.delete(oldest)
    return picture
  }

  return {
    get: (documentId, pageNumber) => find(documentId, pageNumber, true),
    warm: (documentId, pageNumber) => void find(documentId, pageNumber, false),
  }
}
