import {createClient as createSseClient} from 'graphql-sse'
import {createClient as createWsClient} from 'graphql-ws'
import {WebSocket} from 'ws'
import {CHANGE_FIELDS, type FeedApi, type ToldChange} from './feedApi'

const FOLLOW = `subscription ($after: String, $kinds: [ChangeKind!], $assets: [String!]) {
  changes(after: $after, kinds: $kinds, assets: $assets) { ${CHANGE_FIELDS} } }`

export type Subscription = Readonly<{told: ToldChange[]; errors: string[]; done: Promise<void>; stop: () => void}>

/** A subscriber by the clients that browsers use. */
export function follow(
  api: Pick<FeedApi, 'url' | 'wsUrl'>,
  by: 'SSE' | 'WebSocket',
  variables: Record<string, unknown> = {},
  onChange: (change: ToldChange) => void = () => {},
): Subscription {
  const told: ToldChange[] = []
  const errors: string[] = []
  let settle = () => {}
  const done = new Promise<void>((resolve) => {
    settle = resolve
  })
  const client =
    by === 'SSE'
      ? createSseClient({url: api.url, retryAttempts: 0})
      : createWsClient({url: api.wsUrl, webSocketImpl: WebSocket, retryAttempts: 0, lazy: true})
  const sink = {
    // biome-ignore lint/suspicious/noExplicitAny: two libraries' results
    next: ({data, errors: found}: any) => {
      if (data?.changes) {
        told.push(data.changes)
        onChange(data.changes)
      }
      for (const {extensions} of found ?? []) errors.push(extensions?.code)
    },
    error: (error: unknown) => {
      for (const {extensions} of Array.isArray(error) ? error : []) errors.push(extensions?.code)
      settle()
    },
    complete: () => settle(),
  }
  const stop = client.subscribe({query: FOLLOW, variables}, sink as never)
  return {told, errors, done, stop: () => (stop(), client.dispose())}
}
