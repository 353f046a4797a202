import {startLive} from './live'
import {createRpc} from './rpc'
import {createStage} from './stage'
import {type LocalChain, startChain} from './startChain'
import {type Story, tellStory} from './story'

export type {Story}

/** Everything that `npm run demo` shows: a chain, a story, and life. */
export const demoKit = {
  startChain,
  tellStory: async (chain: LocalChain, onProgress: (message: string) => void): Promise<Story> =>
    tellStory(await createStage(createRpc(chain.rpcUrl)), chain.chainId, onProgress),
  startLive: (chain: LocalChain, story: Story) => {
    const starting = createStage(createRpc(chain.rpcUrl)).then((stage) => startLive(stage, story))
    return {
      failed: starting.then(({failed}) => failed),
      stop: async () => (await starting).stop(),
    }
  },
  config: ({rpcUrl, chainId}: LocalChain, {contracts}: Story) => ({
    chains: [
      // The socket of the same node tells of every new head, also of one that is not higher.
      {
        id: chainId,
        rpc: [rpcUrl.replace('http', 'ws')],
        finality: 10,
        contracts: '*',
        trusted: [contracts.registry],
        pollIntervalMs: 500,
        headStallSeconds: null,
      },
    ],
  }),
  showcase: ({showcase}: Story): string => showcase,
}
