import {expect, test} from 'vitest'
import {address} from '../../../test/support/givenEvents'
import {decodeBy, EMITTER, encodeLog} from '../../../test/support/givenLogs'
import {ZERO_ADDRESS} from '../../domain/hex'
import {manifoldRoyalties} from './manifoldRoyalties'

const [ANN, BEN, ART, ELSEWHERE] = [address(0xa), address(0xb), address(0xa7), address(0xe1)]
const terms = {type: 'royalty.termsSet', collection: EMITTER, tokenId: null, movedTo: null}
const decode = (signature: string, values: readonly unknown[]) => decodeBy(manifoldRoyalties, encodeLog(signature, values))
const SEVERAL = 'DefaultRoyaltySet(uint16 royaltyBPS, (address recipient, uint16 bps)[] recipients)'

test('the registry sends a collection elsewhere, and back', () => {
  const signature = 'RoyaltyOverride(address owner, address tokenAddress, address royaltyAddress)'
  const moved = {...terms, collection: ART, shares: []}
  expect(decode(signature, [ANN, ART, ELSEWHERE])).toEqual([{...moved, movedTo: ELSEWHERE}])
  expect(decode(signature, [ANN, ART, ZERO_ADDRESS])).toEqual([{...moved, movedTo: ZERO_ADDRESS}])
})

test('an override says terms of itself: of all, of a token, and takes them away', () => {
  expect(decode('DefaultRoyaltySet(address recipient, uint16 bps)', [ANN, 750])).toEqual([
    {...terms, shares: [{recipient: ANN, parts: 7_500_000n}]},
  ])
  expect(decode('DefaultRoyaltySet(address recipient, uint16 bps)', [ANN, 0])).toEqual([{...terms, shares: []}])
  expect(decode('TokenRoyaltySet(uint256 tokenId, address recipient, uint16 bps)', [7n, ANN, 0])).toEqual([
    {...terms, tokenId: 7n, shares: [{recipient: ANN, parts: 0n}]},
  ])
  expect(decode('TokenRoyaltyRemoved(uint256 tokenId)', [7n])).toEqual([{...terms, tokenId: 7n, shares: []}])
})

test('several recipients share what is due; a share of a share loses nothing', () => {
  expect(
    decode(SEVERAL, [
      333,
      [
        [ANN, 3333],
        [BEN, 6667],
      ],
    ]),
  ).toEqual([
    {
      ...terms,
      shares: [
        {recipient: ANN, parts: 1_109_889n},
        {recipient: BEN, parts: 2_220_111n},
      ],
    },
  ])
  const token = 'TokenRoyaltySet(uint256 tokenId, uint16 royaltyBPS, (address recipient, uint16 bps)[] recipients)'
  expect(decode(token, [7n, 1000, [[ANN, 10_000]]])).toEqual([{...terms, tokenId: 7n, shares: [{recipient: ANN, parts: 10_000_000n}]}])
})

test('more recipients than terms have are a failure, not a thousand rows [INV-8]', () => {
  expect(() => decode(SEVERAL, [1000, Array.from({length: 1001}, () => [ANN, 1])])).toThrow('1001 recipients')
})
