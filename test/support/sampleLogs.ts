import {Interface, type ParamType} from 'ethers'
import type {Hex} from '../../src/domain/hex'
import type {Log} from '../../src/domain/log'
import type {EventLayout} from '../../src/domain/standard'
import {encodeLog, givenLog} from './givenLogs'

/** Some value of a Solidity type; the text is not a multiple of 32 bytes long, and a chain is that of the log. */
export function sampleOf(type: ParamType): unknown {
  // Flags that go with a list say what failed.
  if (type.isArray() && type.arrayChildren.type === 'bool') return [false, false]
  if (type.isArray()) return [sampleOf(type.arrayChildren), sampleOf(type.arrayChildren)]
  if (type.isTuple()) return type.components.map(sampleOf)
  if (type.name === 'chainId') return givenLog().chainId
  // Mostly an enum.
  if (type.type === 'uint8') return 2
  if (type.type === 'string') return 'ipfs://bafybeigdyrzt5sfp7udm7hu76uh7y26nf3efuylqabf3oclgtqy55fbzdi'
  if (type.type === 'bytes') return `0x${'5a'.repeat(45)}`
  if (type.type === 'bool') return true
  if (type.type === 'address') return `0x${'ab'.repeat(20)}`
  const [, size] = /^bytes(\d+)$/.exec(type.type) ?? []
  return size === undefined ? 7 : `0x${'c3'.repeat(Number(size))}`
}

/** A log of the layout that everything reads. */
export function sampleLog({signature}: EventLayout): Log {
  const {inputs} = Interface.from([`event ${signature}`]).fragments[0] as unknown as {inputs: readonly ParamType[]}
  return encodeLog(signature, inputs.map(sampleOf))
}

export const wordsOf = (log: Log): readonly string[] => log.data.slice(2).match(/.{64}/g) ?? []
export const withWord = (log: Log, i: number, value: string): Log => ({
  ...log,
  data: `0x${wordsOf(log)
    .map((old, j) => (j === i ? value : old))
    .join('')}`,
})

export const withTopic = (log: Log, i: number, value: string): Log => ({
  ...log,
  topics: log.topics.map((old, j): Hex => (j === i ? `0x${value}` : old)),
})
