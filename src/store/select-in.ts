/** Databases allow only so many values in one statement. */
const MOST_VALUES = 500

/** Asks for many keys in portions and gives all that was found. */
export async function selectIn<Key, Row>(
  keys: readonly Key[],
  select: (some: readonly Key[]) => Promise<readonly Row[]>,
): Promise<readonly Row[]> {
  const rows: Row[] = []
  for (let begin = 0; begin < keys.length; begin += MOST_VALUES) {
    rows.push(...(await select(keys.slice(begin, begin + MOST_VALUES))))
  }
  return rows
}
