/** How providers refuse an eth_getLogs that is for too many blocks, `max` being what they take. */
export const PROVIDER_WORDS = {
  alchemy: (from: number, _: number, max: number) => ({
    code: -32602,
    message: `Log response size exceeded. You can make eth_getLogs requests with up to a 2K block range and no limit on the response size, or you can request any block range with a cap of 10K logs in the response. Based on your parameters and the response size limit, this block range should work: [0x${from.toString(16)}, 0x${(from + max - 1).toString(16)}]`,
  }),
  infura: (from: number, _: number, max: number) => ({
    code: -32005,
    message: `query returned more than 10000 results. Try with this block range [0x${from.toString(16)}, 0x${(from + max - 1).toString(16)}].`,
  }),
  quicknode: (_: number, __: number, max: number) => ({code: -32614, message: `eth_getLogs is limited to a ${max} range`}),
  geth: () => ({code: -32005, message: 'query returned more than 10000 results'}),
  infura2026: (from: number, to: number, max: number) => ({code: -32602, message: `range ${to - from + 1} exceeds limit of ${max}`}),
  reth: (_: number, __: number, max: number) => ({code: -32602, message: `query exceeds max block range ${max}`}),
}
