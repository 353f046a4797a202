import {AbiCoder, Interface, keccak256, toUtf8Bytes} from 'ethers'
import {describe, expect, it} from 'vitest'
import {countHashed} from '../../../test/support/countHashed'
import {decodeBy, EMITTER, encodeLog} from '../../../test/support/givenLogs'
import type {Hex} from '../../domain/hex'
import type {Answer, NoAnswer} from '../../domain/question'
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
    expect(decodeBy(erc7007, encodeLog(signature, [MAX_UINT256, PROMPT, OUTPUT, '0x1234']))).toMatchObject([
      {...claimed, proofHash: keccak256('0x1234')},
    ])
  })

  it.each(LAYOUTS)('AigcData with %s and an empty proof (opML before finality) has no proof hash', (_, signature) => {
    expect(decodeBy(erc7007, encodeLog(signature, [MAX_UINT256, PROMPT, OUTPUT, '0x']))).toMatchObject([{...claimed, proofHash: null}])
  })

  it('the prompt is found in the log, in a call within the transaction, or asked of the contract, and proves itself', () => {
    const [[, four], , [, one]] = LAYOUTS
    const log = encodeLog(four, [MAX_UINT256, PROMPT, OUTPUT, '0x'])
    const text = 'a lighthouse in fog, ink'
    const inner = new Interface(['function add(uint256 id, bytes prompt, bytes data)']).encodeFunctionData('add', [7n, PROMPT, OUTPUT])
    const outer = new Interface(['function execute(address to, bytes data)']).encodeFunctionData('execute', [EMITTER, inner])
    const told = AbiCoder.defaultAbiCoder().encode(['string'], [text])
    const no = (reason: NoAnswer): Answer => ({ok: false, reason})
    const prompt = (...answers: readonly (Answer | string)[]) =>
      erc7007.layouts[0]?.decode(
        log,
        answers.map((answer) => (typeof answer === 'string' ? {ok: true, data: answer as Hex} : answer)),
      )

    expect(erc7007.layouts[0]?.asks?.(log)).toEqual([
      {kind: 'input'},
      {
        kind: 'call',
        to: EMITTER,
        data: new Interface(['function prompt(uint256)']).encodeFunctionData('prompt', [MAX_UINT256]),
        at: 'block',
      },
    ])
    expect(decodeBy(erc7007, encodeLog(one, [MAX_UINT256, PROMPT, OUTPUT, '0x']))).toMatchObject([{prompt: {text, source: 'log'}}])
    expect(prompt(outer, no('reverted'))).toMatchObject([{prompt: {text, source: 'input'}}])
    expect(prompt('0x12345678', told)).toMatchObject([{prompt: {text, source: 'call'}}])
    expect(prompt('0x12345678', told.replace('6c', '6d'))).toMatchObject([{prompt: {text: null, source: 'unknown: another_prompt'}}])
    expect(prompt('0x12345678', no('reverted'))).toMatchObject([{prompt: {text: null, source: 'unknown: reverted'}}])
    expect(prompt(no('no_state'), no('no_state'))).toMatchObject([{prompt: {text: null, source: 'unknown: no_state'}}])
    expect(prompt()).toMatchObject([{prompt: {text: null, source: 'unknown: no_node'}}])
  })

  it('an input made of lengths costs a bounded search [INV-8]', async () => {
    const log = encodeLog(LAYOUTS[0][1], [MAX_UINT256, PROMPT, OUTPUT, '0x'])
    const hostile: Hex = `0x${(64).toString(16).padStart(64, '0').repeat(8_000)}`
    const {hashed, result} = await countHashed(() => erc7007.layouts[0]?.decode(log, [{ok: true, data: hostile}]))
    expect(result).toMatchObject([{prompt: {text: null, source: 'unknown: no_node'}}])
    expect(hashed).toBeLessThanOrEqual(256 * 1024)
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
