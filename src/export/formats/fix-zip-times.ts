const CENTRAL_HEADER = 0x02014b50
const END_OF_CENTRAL = 0x06054b50
const END_LENGTH = 22
const CENTRAL_LENGTH = 46
/** 1980-01-01 00:00, the first moment that a ZIP can tell: time, then date, as DOS had them. */
const FIRST_MOMENT = 0x00210000

/** Sets the times of all files of a ZIP (without comment, under 4 GiB) to one moment, so that equal content is equal bytes. */
export function fixZipTimes(zip: Buffer): void {
  const end = zip.length - END_LENGTH
  if (zip.readUInt32LE(end) !== END_OF_CENTRAL) throw new RangeError('a ZIP with a comment, or none')
  let at = zip.readUInt32LE(end + 16)
  for (let left = zip.readUInt16LE(end + 10); left > 0; left--) {
    if (zip.readUInt32LE(at) !== CENTRAL_HEADER) throw new RangeError('a ZIP whose directory is broken')
    zip.writeUInt32LE(FIRST_MOMENT, at + 12)
    zip.writeUInt32LE(FIRST_MOMENT, zip.readUInt32LE(at + 42) + 10)
    at += CENTRAL_LENGTH + zip.readUInt16LE(at + 28) + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32)
  }
}
