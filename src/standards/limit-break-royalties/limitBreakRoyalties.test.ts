import {expect, test} from 'vitest'
import {address} from '../../../test/support/givenEvents'
import {decodeBy, EMITTER, encodeLog} from '../../../test/support/givenLogs'
import {ZERO_ADDRESS} from '../../domain/hex'
import {limitBreakRoyalties} from './limitBreakRoyalties'

const ANN = address(0xa)
const terms = {type: 'royalty.termsSet', collection: EMITTER, movedTo: null}
const decode = (signature: string, values: readonly unknown[]) => decodeBy(limitBreakRoyalties, encodeLog(signature, values))

test('terms of all tokens, of one, and of the minter of one, out of 10 000', () => {
  const shares = [{recipient: ANN, parts: 5_000_000n}]
  expect(decode('DefaultRoyaltySet(address indexed receiver, uint96 feeNumerator)', [ANN, 500n])).toEqual([
    {...terms, tokenId: null, shares},
  ])
  for (const name of ['TokenRoyaltySet', 'RoyaltySet'])
    expect(decode(`${name}(uint256 indexed tokenId, address indexed receiver, uint96 feeNumerator)`, [7n, ANN, 500n])).toEqual([
      {...terms, tokenId: 7n, shares},
    ])
})

test('nobody as receiver takes the terms away, a royalty of 0 does not; the greatest number stays exact', () => {
  const signature = 'TokenRoyaltySet(uint256 indexed tokenId, address indexed receiver, uint96 feeNumerator)'
  expect(decode(signature, [7n, ZERO_ADDRESS, 500n])).toMatchObject([{tokenId: 7n, shares: []}])
  expect(decode(signature, [7n, ANN, 0n])).toMatchObject([{shares: [{recipient: ANN, parts: 0n}]}])
  expect(decode(signature, [7n, ANN, 2n ** 96n - 1n])).toMatchObject([{shares: [{parts: (2n ** 96n - 1n) * 10_000n}]}])
})
