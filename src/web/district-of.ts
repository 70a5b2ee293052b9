import type { ReviewDocument } from '../review/review-repository.ts'

const DISTRICT = /^(?:.{1,8}?(?:省|自治区))?(.{1,8}?(?:市|州|盟|地区))?(.{1,8}?(?:区|县|旗)|.{1,8}?市)/u

/**
 * The district that was given with a document, else the one that its publisher's name begins with (武汉市江汉区财政局 is of
 * 武汉市江汉区); '' where none is named.
 */
export function districtOf({ district: given, publisher }: Pick<ReviewDocument, 'district' | 'publisher'>): string {
  if (given !== null) return given
  const [, city = '', district = ''] = DISTRICT.exec(publisher ?? '') ?? []
  return `${city}${district}`
}
