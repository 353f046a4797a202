import {AbiCoder} from 'ethers'
import {describe, expect, test} from 'vitest'
import type {Hex} from '../../domain/hex'
import {parseAddress} from '../../domain/hex'
import {buildUriCall, completeUri, fillId, functionsOf, parseUri} from './uriCalls'

const address = parseAddress(`0x${'ab'.repeat(20)}`)
const text = (value: string) => ({ok: true, data: AbiCoder.defaultAbiCoder().encode(['string'], [value]) as Hex}) as const

test('selectors are those of ERC-721, ERC-1155 and ERC-7572', () => {
  const question = {address, tokenId: 255n, standard: 'erc721'} as const
  expect(buildUriCall(question, 'tokenURI').data).toBe(`0xc87b56dd${'ff'.padStart(64, '0')}`)
  expect(buildUriCall(question, 'uri').data).toBe(`0x0e89341c${'ff'.padStart(64, '0')}`)
  expect(buildUriCall({...question, tokenId: null}, 'contractURI').data).toBe('0xe8a3d485')
})

test('each standard is asked by its own function first', () => {
  expect(functionsOf({address, tokenId: 1n, standard: 'erc1155'})).toEqual(['uri', 'tokenURI'])
  expect(functionsOf({address, tokenId: 1n, standard: null})).toEqual(['tokenURI', 'uri'])
  expect(functionsOf({address, tokenId: null, standard: null})).toEqual(['contractURI'])
})

describe('{id} of ERC-1155', () => {
  test('is 64 lower-case hex digits, each time that it stands there', () =>
    expect(fillId('{id}/{id}', 0xabcn)).toBe(`${'abc'.padStart(64, '0')}/${'abc'.padStart(64, '0')}`))
  test('means nothing in the URI of an ERC-721 token', () =>
    expect(parseUri(text('https://a.example/{id}'), 'tokenURI', 1n)).toEqual({ok: true, uri: 'https://a.example/{id}', fillsId: false}))
  test('the greatest id fits', () => expect(completeUri('{id}', 2n ** 256n - 1n)).toMatchObject({uri: 'f'.repeat(64)}))
})

test.each([
  ['no_uri', text('   ')],
  ['malformed', {ok: true, data: `0x${'ff'.repeat(64)}` as Hex}],
  ['malformed', {ok: true, data: `0x${'20'.padStart(64, '0')}` as Hex}],
  ['malformed', {ok: true, data: `0x${'20'.padStart(64, '0')}${'21'.padStart(64, '0')}${'ab'.repeat(32)}` as Hex}],
  ['malformed', {ok: true, data: `0x${'20'.padStart(64, '0')}${'f'.repeat(10).padStart(64, '0')}` as Hex}],
  ['reverted', {ok: false, reason: 'reverted'}],
] as const)('%s is an answer as well', (reason, result) => expect(parseUri(result, 'tokenURI', 1n)).toEqual({ok: false, reason}))

test('a text that its contract did not pad is read, and bytes that are no text are replaced', () => {
  const data = `0x${'20'.padStart(64, '0')}${'3'.padStart(64, '0')}61ff00` as Hex
  expect(parseUri({ok: true, data}, 'tokenURI', 1n)).toMatchObject({ok: true, uri: 'a\uFFFD\uFFFD'})
})
