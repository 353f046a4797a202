import fc from 'fast-check'
import type {EventBody} from '../../src/domain/event'
import {type Address, ZERO_ADDRESS} from '../../src/domain/hex'
import {ACCOUNTS, COLLECTIONS, generations, type History, licences, place, REGISTRY, STRANGER} from './arbitraryHistory'

const moved = (from: Address, to: Address): EventBody => ({
  type: 'token.transferred',
  namespace: 'erc721',
  collection: COLLECTIONS[0],
  tokenId: 1n,
  from,
  to,
  amount: 1n,
  operator: null,
})
/** The same of token 1 of the first collection, named by its own id. */
const ofOne = (said: EventBody): EventBody =>
  'tokenId' in said ? ({...said, collection: COLLECTIONS[0], tokenId: 1n, namedBy: undefined} as EventBody) : said

/** Lives of one token, and what is licensed and claimed in them: within one transaction, too, before and after the mint. */
export const arbitraryLives: fc.Arbitrary<History> = fc
  .array(
    fc.record({
      said: fc.oneof(
        {weight: 3, arbitrary: fc.constant(ofOne(moved(ZERO_ADDRESS, ACCOUNTS[0])))},
        {weight: 3, arbitrary: fc.constant(ofOne(moved(ACCOUNTS[0], ZERO_ADDRESS)))},
        fc.constant(ofOne(moved(ACCOUNTS[0], ACCOUNTS[1]))),
        ...[...generations, ...licences].map((arbitrary) => (arbitrary as fc.Arbitrary<EventBody>).map(ofOne)),
      ),
      anyone: fc.constantFrom(COLLECTIONS[0], COLLECTIONS[0], COLLECTIONS[0], REGISTRY, STRANGER),
      newBlock: fc.boolean(),
      sameTransaction: fc.boolean(),
    }),
    {maxLength: 40, size: 'max'},
  )
  .map(place)
