/** Ends of the names of public bodies that no project and no class is called by. */
const SURE_ENDS = '局|委员会|办公室|厅|院|馆|学校|中学|小学|幼儿园|机关|本级|政府|中心'
/** Ends that other names may have as well. */
const LIKELY_ENDS = `${SURE_ENDS}|委|办|部|校|学|园|所|站|队|处|会|社|街道|办事处|公司`

/** A text that ends like the name of a public body, whatever it is the name of beside. */
export const ENDS_LIKE_BODY = new RegExp(`(?:${LIKELY_ENDS})[）)]?$`)
const SURE_BODY = new RegExp(`(?:${SURE_ENDS})$`)

/** Whether a name among projects is that of a public body. */
export function isSurelyBody(name: string): boolean {
  return SURE_BODY.test(name.replaceAll(/[（(]|[）)]/g, ''))
}
