/** The languages in which people are spoken to. Texts for them are pairs in this order. */
export const LANGUAGES = ['zh', 'en'] as const
export type Language = (typeof LANGUAGES)[number]
