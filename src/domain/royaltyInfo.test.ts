import {Interface} from 'ethers'
import {describe, expect, test} from 'vitest'
import {address} from '../../test/support/givenEvents'
import {type Hex, ZERO_ADDRESS} from './hex'
import type {Answer} from './question'
import {readRoyalties, royaltyQuestions} from './royaltyInfo'
import {MAX_UINT256} from './uint256'

const [ART, ANN, BEN] = [address(0xa7), address(0xa), address(0xb)]
const ERC2981 = new Interface(['function royaltyInfo(uint256 tokenId, uint256 salePrice) view returns (address receiver, uint256 amount)'])
const token = {collection: ART, tokenId: 7n}
const said = (receiver: string, amount: bigint): Answer => ({
  ok: true,
  data: ERC2981.encodeFunctionResult('royaltyInfo', [receiver, amount]) as Hex,
})
const no = (reason: 'reverted' | 'empty' | 'no_state'): Answer => ({ok: false, reason})
const read = (...answers: readonly Answer[]) => readRoyalties([token], 1_000n, answers)
const nothing = {...token, basis: 1_000n, due: null, before: null}

describe('questions', () => {
  test('each token is asked about its share of the price, after the block and before it', () => {
    const asked = (id: bigint, basis: bigint) =>
      (['block', 'parent'] as const).map((at) => ({
        kind: 'call',
        to: ART,
        data: ERC2981.encodeFunctionData('royaltyInfo', [id, basis]),
        at,
      }))
    const tokens = [token, {collection: ART, tokenId: MAX_UINT256}]
    expect(royaltyQuestions(tokens, 1_001n)).toEqual([...asked(7n, 501n), ...asked(MAX_UINT256, 500n)])
  })

  test('nothing is asked where there is no price, and of a bundle larger than four [INV-8]', () => {
    expect(royaltyQuestions([token], 0n)).toEqual([])
    expect(royaltyQuestions(Array(4).fill(token), 8n)).toHaveLength(8)
    expect(royaltyQuestions(Array(5).fill(token), 8n)).toEqual([])
    expect(readRoyalties([token], 1_000n, [])).toEqual([])
  })
})

describe('answers', () => {
  test('the same before and after the block is what held', () => {
    expect(read(said(ANN, 50n), said(ANN, 50n))).toEqual([{...nothing, due: {recipient: ANN, amount: 50n}, source: 'call'}])
  })

  test('case 15: royaltyInfo changed in the block of the sale: both answers are kept, and neither is believed', () => {
    expect(read(said(ANN, 50n), said(BEN, 50n))).toEqual([
      {...nothing, due: {recipient: ANN, amount: 50n}, before: {recipient: BEN, amount: 50n}, source: 'ambiguous'},
    ])
    expect(read(said(ANN, 50n), no('reverted'))).toEqual([{...nothing, due: {recipient: ANN, amount: 50n}, source: 'ambiguous'}])
  })

  test('a revert, no code, nobody or nothing: nothing is due; no state: it is not known', () => {
    expect(read(no('reverted'), no('reverted'))).toEqual([{...nothing, source: 'none: reverted'}])
    expect(read(no('empty'), no('empty'))).toEqual([{...nothing, source: 'none: empty'}])
    expect(read(said(ZERO_ADDRESS, 50n), said(ZERO_ADDRESS, 50n))).toEqual([{...nothing, source: 'none: zero'}])
    expect(read(said(ANN, 0n), said(ANN, 0n))).toEqual([{...nothing, source: 'none: zero'}])
    expect(read(said(ANN, 50n), no('no_state'))).toEqual([{...nothing, source: 'unknown: no_state'}])
  })

  test('more than the price, and what is no answer of this kind, are no terms [INV-8]', () => {
    expect(read(said(ANN, 1_001n), said(ANN, 1_001n))).toEqual([{...nothing, due: {recipient: ANN, amount: 1_001n}, source: 'invalid'}])
    const short: Answer = {ok: true, data: '0x01'}
    const dirty: Answer = {ok: true, data: `0x${'f'.repeat(128)}`}
    expect(read(short, short)).toEqual([{...nothing, source: 'none: malformed'}])
    expect(read(dirty, dirty)).toEqual([{...nothing, source: 'none: malformed'}])
  })
})
