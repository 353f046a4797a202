type Page = Readonly<{
  nodes: readonly unknown[]
  pageInfo: Readonly<{hasNextPage: boolean; hasPreviousPage: boolean; startCursor: string | null; endCursor: string | null}>
}>

/** A list read page by page, from its first on and from its last back, both in its order. `ask`: a page, by arguments over the cursor `$c`. */
export async function walkPages(ask: (args: string, cursor: string | null) => Promise<Page>, size: number) {
  const [forward, backward]: [unknown[], unknown[]] = [[], []]
  for (let cursor: string | null = null, more = true; more; ) {
    const page = await ask(`first: ${size}, after: $c`, cursor)
    forward.push(...page.nodes)
    cursor = page.pageInfo.endCursor
    more = page.pageInfo.hasNextPage
  }
  for (let cursor: string | null = null, more = true; more; ) {
    const page = await ask(`last: ${size}, before: $c`, cursor)
    backward.unshift(...page.nodes)
    cursor = page.pageInfo.startCursor
    more = page.pageInfo.hasPreviousPage
  }
  return {forward, backward}
}
