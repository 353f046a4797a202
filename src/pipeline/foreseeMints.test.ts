import {expect, test} from 'vitest'
import {address, inBlock, inTransaction} from '../../test/support/givenEvents'
import {ART, claimed} from '../../test/support/givenGenerations'
import {givenGrant} from '../../test/support/givenGrant'
import type {DomainEvent} from '../domain/event'
import {ZERO_ADDRESS} from '../domain/hex'
import {foreseeMints} from './foreseeMints'

const OWNER = address(1)
const moved = (from = ZERO_ADDRESS, to = OWNER, tokenId = 1n) =>
  ({type: 'token.transferred', namespace: 'erc721', collection: ART, tokenId, from, to, amount: 1n, operator: null}) as const
const granted = givenGrant({collection: ART})
const marks = (events: readonly DomainEvent[]) => foreseeMints(events).map(({beforeMint}) => beforeMint ?? false)

test('a claim and a grant before the mint of their token, in its transaction, are marked; what comes after it is not', () => {
  expect(marks(inTransaction(1, claimed(), granted, moved(), claimed()))).toEqual([true, true, false, false])
})

test('a mint of another transaction, or of another token, marks nothing', () => {
  expect(marks(inBlock(1, claimed(), moved()))).toEqual([false, false])
  expect(marks([...inTransaction(1, claimed()), ...inTransaction(2, moved())])).toEqual([false, false])
  expect(marks(inTransaction(1, claimed(), moved(ZERO_ADDRESS, OWNER, 2n)))).toEqual([false, false])
})

test('a burn begins nothing; a burned token that moves on lives again', () => {
  expect(marks(inTransaction(1, claimed(), moved(OWNER, ZERO_ADDRESS)))).toEqual([false, false])
  expect(marks(inTransaction(1, claimed(), moved(OWNER, ZERO_ADDRESS), claimed(), moved()))).toEqual([true, false, true, false])
  expect(marks(inTransaction(1, claimed(), moved(address(2), OWNER)))).toEqual([true, false])
})

test('an id of ERC-1155 names a kind, which begins no other life', () => {
  expect(marks(inTransaction(1, claimed(), {...moved(), namespace: 'erc1155', operator: OWNER}))).toEqual([false, false])
})
