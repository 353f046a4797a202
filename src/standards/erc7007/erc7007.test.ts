import {keccak256, toUtf8Bytes} from 'ethers'
import {describe, expect, it} from 'vitest'
import {decodeBy, EMITTER, encodeLog} from '../../../test/support/givenLogs'
import {MAX_UINT256} from '../../domain/uint256'
import {erc7007} from './erc7007'

const PROMPT = toUtf8Bytes('a lighthouse in fog, ink')
const OUTPUT = toUtf8Bytes('{"image":"ipfs://bafy"}')
const claimed = {
  type: 'generation.claimed',
  collection: EMITTER,
  tokenId: MAX_UINT256,
  promptHash: keccak256(PROMPT),
  outputHash: keccak256(OUTPUT),
}

const uriTold = (uri: string) => ({type: 'metadata.changed', collection: EMITTER, scope: {kind: 'token', tokenId: MAX_UINT256}, uri})

const LAYOUTS = [
  ['4 topics (the standard)', 'AigcData(uint256 indexed tokenId, bytes indexed prompt, bytes indexed aigcData, bytes proof)'],
  ['3 topics (its reference contracts)', 'AigcData(uint256 indexed tokenId, bytes indexed prompt, bytes aigcData, bytes proof)'],
  ['1 topic (contracts in the wild)', 'AigcData(uint256 tokenId, bytes prompt, bytes aigcData, bytes proof)'],
] as const

describe('ERC-7007', () => {
  it.each(LAYOUTS)('AigcData with %s tells the same hashes', (_, signature) => {
    expect(decodeBy(erc7007, encodeLog(signature, [MAX_UINT256, PROMPT, OUTPUT, '0x1234']))).toEqual([
      {...claimed, proofHash: keccak256('0x1234')},
    ])
  })

  it.each(LAYOUTS)('AigcData with %s and an empty proof (opML before finality) has no proof hash', (_, signature) => {
    expect(decodeBy(erc7007, encodeLog(signature, [MAX_UINT256, PROMPT, OUTPUT, '0x']))).toEqual([{...claimed, proofHash: null}])
  })

  it('Update tells the hashes of the new content', () => {
    const signature = 'Update(uint256 indexed tokenId, bytes indexed prompt, bytes indexed aigcData)'
    expect(decodeBy(erc7007, encodeLog(signature, [MAX_UINT256, PROMPT, OUTPUT]))).toEqual([{...claimed, type: 'generation.updated'}])
  })
  it.each([
    ['2023', 'Mint(uint256 indexed tokenId, bytes indexed prompt, bytes indexed aigcData, string uri, bytes proof)', []],
    [
      '2024',
      'Mint(address indexed to, uint256 indexed tokenId, bytes indexed prompt, bytes aigcData, string uri, bytes proof)',
      [`0x${'ab'.repeat(20)}`],
    ],
  ])('Mint of the draft of %s is a claim, and the URI when there is one', (_, signature, to) => {
    const claim = {...claimed, proofHash: keccak256('0x1234')}
    const decode = (uri: string) => decodeBy(erc7007, encodeLog(signature, [...to, MAX_UINT256, PROMPT, OUTPUT, uri, '0x1234']))
    expect(decode('ipfs://aigc')).toEqual([claim, uriTold('ipfs://aigc')])
    expect(decode('')).toEqual([claim])
  })

  it('Update of the draft of 2024 tells the new URI too', () => {
    const signature = 'Update(uint256 indexed tokenId, bytes indexed prompt, bytes indexed aigcData, string uri)'
    expect(decodeBy(erc7007, encodeLog(signature, [MAX_UINT256, PROMPT, OUTPUT, 'ipfs://aigc']))).toEqual([
      {...claimed, type: 'generation.updated'},
      uriTold('ipfs://aigc'),
    ])
  })
})
