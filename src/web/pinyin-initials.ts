import { pinyin } from 'pinyin-pro'

/** First letters of the pinyin of a text, lower case: 台式计算机 is tsjsj. What is not Han stays, without blanks. */
export function pinyinInitials(text: string): string {
  return pinyin(text, { pattern: 'first', toneType: 'none', type: 'array' })
    .join('')
    .replaceAll(/\s/g, '')
    .toLowerCase()
}
