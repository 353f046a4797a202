import {createRpcTransport} from './rpcTransport'

export type NodeView = Readonly<{
  /** Its latest block; null until it first answered. */
  head: number | null
  /** Why the last question went unanswered; null when it did not. */
  failure: string | null
}>

export type NodeWatch = Readonly<{
  /** The chain that the node serves (EIP-155). @throws RpcFailure */
  fetchChainId: () => Promise<number>
  view: () => NodeView
  close: () => void
}>

const TIMEOUT_MS = 10_000

/** A second pair of eyes on the node: whether it answers and how far it is, whatever the ingestion thinks (INV-10). */
export function createNodeWatch(url: string, intervalMs = 15_000): NodeWatch {
  const transport = createRpcTransport(url)
  let view: NodeView = {head: null, failure: null}

  const fetchQuantity = async (method: string): Promise<number> => {
    const [reply] = await transport.send([{method, params: []}], TIMEOUT_MS)
    if (reply && !reply.ok) throw reply.failure
    const quantity = reply?.result
    if (typeof quantity !== 'string' || !/^0x[0-9a-f]+$/i.test(quantity)) throw new Error(`${method} answered no number`)
    return Number(quantity)
  }

  const look = async () => {
    try {
      view = {head: await fetchQuantity('eth_blockNumber'), failure: null}
    } catch (error) {
      view = {...view, failure: (error as Error).message}
    }
  }
  const timer = setInterval(() => void look(), intervalMs)
  timer.unref()
  void look()
  return {
    fetchChainId: () => fetchQuantity('eth_chainId'),
    view: () => view,
    close: () => {
      clearInterval(timer)
      transport.close()
    },
  }
}
