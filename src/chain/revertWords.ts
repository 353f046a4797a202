/**
 * Words by which nodes say that the contract refused a call, as against that the node failed: go-ethereum, Erigon, reth and Besu ("execution
 * reverted", "out of gas", "invalid opcode: …"), Nethermind and OpenEthereum ("VM execution error"), Besu and Parity ("gas required
 * exceeds allowance"), anvil ("EVM error InvalidFEOpcode").
 */
const REVERTED =
  /revert|out of gas|invalid opcode|stack (under|over)flow|invalid jump|vm execution|evm error|execution (error|failed)|gas required exceeds/i

/** Whether the `error` of an eth_call is the contract's answer. Code 3 is go-ethereum's for a revert with its reason. */
export const isRevert = ({code, message}: Readonly<{code?: unknown; message?: unknown}>): boolean =>
  code === 3 || (typeof message === 'string' && REVERTED.test(message))
