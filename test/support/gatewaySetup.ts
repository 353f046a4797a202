import {loadKeccak} from '../../src/chain/keccak'
import {openGateway} from './gatewayReader'
import {type RpcServer, type RpcServerOptions, startRpcServer} from './rpcServer'
import {buildChain, type SyntheticChain, wantedLogs} from './syntheticChain'

export const HEAD = 400
export const END = 380

/** Wanted logs in the words of gatewayReader's flatten. */
export const describeLogs = (of: SyntheticChain, from: number, to: number): readonly string[] =>
  wantedLogs(of, from, to).map((log) =>
    [Number(log.blockNumber), log.blockHash, Number(log.logIndex), log.transactionHash, log.address, log.topics.join(), log.data].join(' '),
  )

/** One chain, nodes over it, and gateways over those; all closed together. */
export async function setUpGateways() {
  const keccak = await loadKeccak()
  const chain = buildChain(keccak, {blocks: HEAD + 1})
  let open: (() => Promise<unknown>)[] = []
  return {
    keccak,
    chain,
    expected: describeLogs(chain, 0, END),
    startNode: async (options: Partial<RpcServerOptions> = {}): Promise<RpcServer> => {
      const node = await startRpcServer({chain, ...options})
      open.push(node.stop)
      return node
    },
    startGatewayOver: async (nodes: readonly RpcServer[], settings: Parameters<typeof openGateway>[1] = {}) => {
      const gateway = await openGateway(
        nodes.map(({url}) => url),
        settings,
      )
      open.push(gateway.close)
      return gateway
    },
    closeAll: async () => {
      await Promise.all(open.map((stop) => stop()))
      open = []
    },
  }
}
