/** What page children run: the source beside this file, or what was built from it. */
export const PAGE_CHILD_SCRIPT = new URL(
  import.meta.url.endsWith('.ts') ? './page-child.ts' : './page-child.js',
  import.meta.url,
)
