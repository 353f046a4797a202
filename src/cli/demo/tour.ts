import type {Endpoint} from '../runIndexer'

const ANSWER_TIMEOUT_MS = 60_000

/** The ready-made query: who made it, who owns it, and everything that happened to it. */
export const tourQuery = (assetId: string): string => `{
  asset(id: "${assetId}") {
    id
    collection { name address }
    creator { address }
    owner { address }
    generation { status promptHash }
    metadata { name image model verdict sinceMint { status } }
    provenance(first: 20) {
      nodes {
        __typename blockNumber timestamp finality
        ... on Transfer { transfer: kind to { address } }
        ... on GenerationEvent { generation: kind promptHash }
        ... on LicenseEvent { license: kind holder: to { address } }
        ... on RoyaltyPayment { amount recipient { address } }
      }
    }
  }
}`

type Expected = Readonly<{assetId: string; height: number}>

/** Asks the very query that is printed, until the block is indexed and the asset known. @throws Error when it is not within a minute */
export async function waitForAnswer(graphql: string, {assetId, height}: Expected, onProgress: (message: string) => void): Promise<void> {
  let shown = -1
  for (const deadline = Date.now() + ANSWER_TIMEOUT_MS; ; await new Promise((resolve) => setTimeout(resolve, 250))) {
    const indexed = await fetchIndexedHeight(graphql)
    if (indexed >= height && (await ask(graphql, tourQuery(assetId)))['asset']) return
    if (Date.now() > deadline)
      throw new Error(`The demo is at block ${indexed} of ${height} after ${ANSWER_TIMEOUT_MS / 1000} s. LOG_LEVEL=debug shows more`)
    if (indexed > shown && indexed < height) onProgress(`Indexed block ${indexed} of ${height} ...`)
    shown = indexed
  }
}

async function fetchIndexedHeight(graphql: string): Promise<number> {
  const {status} = (await ask(graphql, '{ status { chains { indexedBlock { number } } } }')) as Readonly<{status: Status}>
  return status.chains[0]?.indexedBlock?.number ?? -1
}

type Status = Readonly<{chains: readonly Readonly<{indexedBlock: Readonly<{number: number}> | null}>[]}>

type Answer = Readonly<{data?: Readonly<Record<string, unknown>> | null; errors?: readonly Readonly<{message: string}>[]}>

async function ask(graphql: string, query: string): Promise<Readonly<Record<string, unknown>>> {
  const response = await fetch(graphql, {
    method: 'POST',
    headers: {'content-type': 'application/json'},
    body: JSON.stringify({query}),
    signal: AbortSignal.timeout(10_000),
  })
  const {data, errors} = (await response.json()) as Answer
  if (data && !errors) return data
  throw new Error(`The demo's own query is refused: ${errors?.map(({message}) => message).join('; ')}`)
}

type Running = Readonly<{endpoint: Endpoint; assetId: string; live: boolean; dir: string}>

/** What is printed when all of it runs. */
export function describeDemo({endpoint, assetId, live, dir}: Running): string {
  const query = tourQuery(assetId)
  return `
The demo is ready: ${endpoint.graphql}
Open it in a browser for the explorer, and paste this query, or run it here:

${query}

curl -s ${endpoint.graphql} -H 'content-type: application/json' -d '${JSON.stringify({query: query.replace(/\s+/g, ' ')})}'

What to try next:
  { transfers(first: 5, orderBy: TIMESTAMP_DESC) { nodes { asset { id } to { address } timestamp } } }
${live ? '      and again in a few seconds: the chain is alive' : '      (nothing new comes: --no-live)'}
  { status { chains { chainId indexedBlock { number } finalizedBlock { number } } } }
  npx indexer init      an annotated configuration, for chains of yours: npm start

Ctrl-C ends everything; the next start goes on. To forget it all: rm -rf ${dir}
`
}
