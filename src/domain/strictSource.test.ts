import * as p from '@subsquid/evm-codec'
import {AbiCoder} from 'ethers'
import {describe, expect, it} from 'vitest'
import {word} from '../../test/support/givenLogs'
import {openBytes, openTopic} from './strictSource'

const coder = AbiCoder.defaultAbiCoder()
const refusal = (reason: string) => expect.objectContaining({code: 'E_DECODE', reason})
const read = (codec: p.Codec<never, unknown>, ...words: readonly (bigint | number)[]) =>
  codec.decode(openBytes(`0x${words.map(word).join('')}`))

describe('numbers', () => {
  it.each([
    ['uint8', p.uint8, 255n],
    ['uint16', p.uint16, 65_535n],
    ['uint32', p.uint32, 2n ** 32n - 1n],
    ['uint64', p.uint64, 2n ** 64n - 1n],
    ['uint128', p.uint128, 2n ** 128n - 1n],
    ['bool', p.bool, 1n],
    ['address', p.address, 2n ** 160n - 1n],
  ] as const)('%s takes its greatest value and refuses the next', (_, codec, greatest) => {
    expect(BigInt(read(codec, greatest) as number)).toBe(greatest)
    expect(() => read(codec, greatest + 1n)).toThrow(refusal('out_of_range'))
  })

  it.each([
    ['int8', p.int8, 127n],
    ['int16', p.int16, 32_767n],
    ['int32', p.int32, 2n ** 31n - 1n],
    ['int64', p.int64, 2n ** 63n - 1n],
    ['int128', p.int128, 2n ** 127n - 1n],
  ] as const)('%s takes its bounds and refuses what is beyond', (_, codec, greatest) => {
    expect([greatest, -greatest - 1n, -1n].map((value) => BigInt(read(codec, value) as number))).toEqual([greatest, -greatest - 1n, -1n])
    for (const value of [greatest + 1n, -greatest - 2n]) expect(() => read(codec, value)).toThrow(refusal('out_of_range'))
  })

  it('int256 and uint256 take all of a word', () => {
    expect(read(p.int256, -1n)).toBe(-1n)
    expect(read(p.uint256, -1n)).toBe(2n ** 256n - 1n)
  })

  it('refuses bytes beyond the size of a fixed one', () => {
    expect(read(p.bytes4, 0x12345678n << 224n)).toBe('0x12345678')
    expect(() => read(p.bytes4, (0x12345678n << 224n) + 1n)).toThrow(refusal('out_of_range'))
  })
})

describe('dynamic values', () => {
  const nested = p.array(p.array(p.uint256))

  it('reads nested arrays, strings and structs as ethers writes them', () => {
    const codec = p.struct({ids: nested, names: p.array(p.string), small: p.fixedSizeArray(p.uint8, 2)})
    const value = [
      [[1n, 2n], [], [3n]],
      ['a', 'ü'.repeat(40)],
      [7n, 8n],
    ]
    const data = coder.encode(['tuple(uint256[][] ids, string[] names, uint8[2] small)'], [value])
    expect(codec.decode(openBytes(data))).toEqual({ids: value[0], names: value[1], small: [7, 8]})
  })

  it('reads bytes whose padding is missing, as old compilers wrote them', () => {
    expect(p.bytes.decode(openBytes(`0x${word(32)}${word(3)}abcdef`))).toBe('0xabcdef')
  })

  it.each([
    ['an offset behind the data', [64, 0]],
    ['an offset beyond 2^32', [2n ** 32n + 32n, 0]],
    ['a length beyond the data', [32, 1]],
    ['a length that would allocate gigabytes', [32, 2n ** 32n - 1n]],
  ])('refuses %s', (_, words) => {
    for (const codec of [p.bytes, p.string, p.array(p.uint256)] as p.Codec<never, unknown>[]) {
      expect(() => read(codec, ...words)).toThrow(expect.objectContaining({code: 'E_DECODE'}))
    }
  })

  it('refuses an array by its length alone, before anything is allocated for it', () => {
    for (const length of [1, 2 ** 24, 2 ** 32 - 1])
      expect(() => read(p.array(p.uint256), 32, length)).toThrow('an array is longer than the data')
  })

  it('refuses 1,000 arrays that are all the same 1,000 elements, having read each byte twice at most [INV-8]', () => {
    const [outer, inner] = [1_000, 1_000]
    const shared = Array.from({length: outer}, () => outer * 32)
    expect(() => read(nested, 32, outer, ...shared, inner, ...Array.from({length: inner}, () => 1))).toThrow('over and over')
  })
})

it('opens whole lower-case hex bytes and topics of 32 only', () => {
  for (const bytes of ['0x1', '0xzz', '0xAB', '', 'ab']) expect(() => openBytes(bytes)).toThrow(refusal('malformed'))
  for (const topic of [undefined, '0x', `0x${word(1)}00`]) expect(() => openTopic(topic)).toThrow(refusal('malformed'))
  expect(p.uint256.decode(openTopic(`0x${word(5)}`))).toBe(5n)
})
