import {readFileSync} from 'node:fs'
import {join} from 'node:path'
import {Interface, type InterfaceAbi} from 'ethers'
import {type Address, parseAddress} from '../../src/domain/hex'
import type {EventChain} from './eventChain'

type Artifact = Readonly<{abi: InterfaceAbi; bytecode: string; deployedBytecode: string}>
type Receipt = Readonly<{
  status: string
  contractAddress: string
  blockNumber: string
  logs: readonly {topics: string[]; data: string; address: string}[]
}>

const ROOT = join(__dirname, '../..')
const read = (path: string) => JSON.parse(readFileSync(join(ROOT, path), 'utf8')) as Artifact

/** Contracts as packages ship them (scripts/fetchReference.mjs), OpenZeppelin's own builds, and those of this repository. */
export const packaged = (name: string): Artifact => read(`test/fixtures/published/${name}.json`)
export const openZeppelin = (name: string): Artifact => read(`node_modules/@openzeppelin/contracts/build/contracts/${name}.json`)
export const own = (name: string): Artifact => read(`contracts/artifacts/${name}.json`)

export type Contract = Readonly<{address: Address; abi: Interface}>

/** Deploys and calls real contracts on the chain, each transaction in a block of its own unless several are sent at once. */
export function createDeployer(chain: EventChain, sender: string) {
  const send = (transaction: object) =>
    chain.rpc('eth_sendTransaction', {from: sender, gas: '0x1c9c380', ...transaction}) as Promise<string>
  const receiptOf = async (hash: string): Promise<Receipt> => {
    const receipt = (await chain.rpc('eth_getTransactionReceipt', hash)) as Receipt
    if (receipt.status !== '0x1') throw new Error(`transaction ${hash} failed`)
    return receipt
  }
  const mined = async (...hashes: readonly string[]) => {
    await chain.rpc('evm_mine')
    return Promise.all(hashes.map(receiptOf))
  }
  const input = ({abi}: Contract, method: string, values: readonly unknown[]) => abi.encodeFunctionData(method, values)
  return {
    deploy: async ({abi, bytecode}: Artifact, ...values: readonly unknown[]): Promise<Contract> => {
      const codec = new Interface(abi)
      const [receipt] = await mined(await send({data: `${bytecode}${codec.encodeDeploy(values).slice(2)}`}))
      return {address: parseAddress(String(receipt?.contractAddress)), abi: codec}
    },
    /** One block with all these calls; the receipts. */
    call: async (...calls: readonly (readonly [Contract, string, readonly unknown[], Readonly<{from?: string; value?: string}>?])[]) => {
      const hashes: string[] = []
      for (const [contract, method, values, more] of calls)
        hashes.push(await send({to: contract.address, data: input(contract, method, values), ...more}))
      return mined(...hashes)
    },
  }
}
