import {readFileSync} from 'node:fs'
import {join} from 'node:path'
import {Interface} from 'ethers'
import type {Rpc} from './rpc'

const ARTIFACTS = join(__dirname, '../../contracts/artifacts')

type Artifact = Readonly<{abi: readonly object[]; bytecode: string}>
const readArtifact = (name: string): Artifact => JSON.parse(readFileSync(join(ARTIFACTS, `${name}.json`), 'utf8')) as Artifact

export type ContractName =
  | 'GenerativeAsset'
  | 'GenerativeAssetV2'
  | 'AssetProxy'
  | 'Editions'
  | 'Consecutive'
  | 'AssetRegistry'
  | 'RoyaltyToken'
  | 'Emitter'

/** Where the story is played: queues transactions, and mines them into a block at a time of choice. */
export type Stage = Readonly<{
  accounts: readonly string[]
  codec: (name: ContractName) => Interface
  /** Queued; the address is known when the block is mined. Answers the transaction's hash. */
  deploy: (from: string, name: ContractName, args?: readonly unknown[]) => Promise<string>
  send: (from: string, to: string, name: ContractName, method: string, args: readonly unknown[], value?: bigint) => Promise<string>
  /** `at`: block time, unix seconds; left out: now. @throws Error naming the first transaction that failed */
  mine: (at?: number) => Promise<void>
  addressOf: (deployment: string) => Promise<string>
  /** What a contract answers at the head. */
  call: (to: string, data: string) => Promise<string>
}>

const GAS = '0x4c4b40'

export async function createStage(rpc: Rpc): Promise<Stage> {
  const accounts = (await rpc('eth_accounts')) as string[]
  const codecs = new Map<ContractName, Interface>()
  const codec = (name: ContractName): Interface => {
    const known = codecs.get(name) ?? new Interface(readArtifact(name).abi)
    codecs.set(name, known)
    return known
  }
  let queued: {hash: string; what: string}[] = []
  const queue = async (what: string, transaction: object): Promise<string> => {
    const hash = (await rpc('eth_sendTransaction', {gas: GAS, gasPrice: '0x77359400', ...transaction})) as string
    queued.push({hash, what})
    return hash
  }
  return {
    accounts,
    codec,
    deploy: (from, name, args = []) =>
      queue(`deploy ${name}`, {from, data: readArtifact(name).bytecode + codec(name).encodeDeploy(args).slice(2)}),
    send: (from, to, name, method, args, value = 0n) =>
      queue(`${name}.${method}`, {from, to, data: codec(name).encodeFunctionData(method, args), value: `0x${value.toString(16)}`}),
    mine: async (at) => {
      if (at !== undefined) await rpc('evm_setNextBlockTimestamp', at)
      await rpc('evm_mine')
      const mined = queued
      queued = []
      const receipts = await Promise.all(mined.map(({hash}) => rpc('eth_getTransactionReceipt', hash)))
      const failed = receipts.findIndex((receipt) => (receipt as {status?: string} | null)?.status !== '0x1')
      if (failed >= 0) throw new Error(`the demo's transaction ${mined[failed]?.what} failed`)
    },
    addressOf: async (deployment) => ((await rpc('eth_getTransactionReceipt', deployment)) as {contractAddress: string}).contractAddress,
    call: async (to, data) => (await rpc('eth_call', {to, data}, 'latest')) as string,
  }
}
