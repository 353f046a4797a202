export type Rpc = (method: string, ...params: readonly unknown[]) => Promise<unknown>

/** JSON-RPC to the demo's own node. @throws Error with the node's words */
export function createRpc(url: string): Rpc {
  let id = 0
  return async (method, ...params) => {
    id += 1
    const response = await fetch(url, {
      method: 'POST',
      headers: {'content-type': 'application/json'},
      body: JSON.stringify({jsonrpc: '2.0', id, method, params}),
      signal: AbortSignal.timeout(20_000),
    })
    const {result, error} = (await response.json()) as Readonly<{result?: unknown; error?: Readonly<{message: string}>}>
    if (error) throw new Error(`${method}: ${error.message}`)
    return result
  }
}
