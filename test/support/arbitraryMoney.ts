import fc from 'fast-check'
import type {EventBody} from '../../src/domain/event'
import {type Address, ZERO_ADDRESS} from '../../src/domain/hex'
import {hash} from './givenEvents'

type World = Readonly<{
  account: fc.Arbitrary<Address>
  party: fc.Arbitrary<Address>
  collection: fc.Arbitrary<Address>
  tokenId: fc.Arbitrary<bigint>
  amount: fc.Arbitrary<bigint>
}>

const is = <T extends EventBody['type']>(type: T): fc.Arbitrary<T> => fc.constant(type)
const orNull = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.option(arbitrary, {nil: null})
const hashOf = (...from: readonly number[]) => fc.constantFrom(...from.map(hash))
const small = fc.constantFrom(0, 1, 2, 255)

/** Payments, sales, terms and splits in the small world of arbitraryHistory. */
export const moneyEvents = ({account, party, collection, tokenId, amount}: World) => [
  fc.record({
    type: is('royalty.paid'),
    collection,
    tokenId,
    payer: account,
    recipient: account,
    currency: party,
    gross: orNull(amount),
    amount,
    basis: orNull(amount),
    kind: small,
    licenseId: orNull(fc.constantFrom(1n, 2n)),
    saleRef: orNull(hashOf(0x61)),
  }),
  fc.record({
    type: is('royalty.termsSet'),
    collection,
    tokenId: orNull(tokenId),
    shares: fc.array(fc.record({recipient: account, parts: amount}), {maxLength: 2}),
    movedTo: orNull(fc.oneof(collection, fc.constant(ZERO_ADDRESS))),
  }),
  fc.record({
    type: is('split.changed'),
    split: collection,
    kind: fc.constantFrom('created', 'updated'),
    shares: fc.array(fc.record({recipient: account, allocation: amount}), {maxLength: 2}),
    totalAllocation: amount,
    distributorFee: small,
    controller: orNull(account),
    source: fc.constantFrom('log', 'unknown: no_state'),
  }),
  fc.record({type: is('split.distributed'), split: collection, currency: party, amount, distributor: account}),
  fc.record({
    type: is('sale.settled'),
    kind: fc.constantFrom('priced', 'barter', 'mixed', 'unpaid', 'unclear'),
    seller: account,
    buyer: account,
    items: fc.array(
      fc.record({collection, tokenId, namespace: fc.constantFrom('erc721', 'erc1155', null), amount, from: account, to: account}),
      {
        minLength: 1,
        maxLength: 3,
      },
    ),
    price: orNull(amount),
    currency: orNull(party),
    parts: orNull(fc.array(fc.record({recipient: account, currency: party, amount, isSeller: fc.boolean()}), {maxLength: 3})),
    orderRef: orNull(hashOf(0x71)),
    due: fc.option(
      fc.array(
        fc.record({
          collection,
          tokenId,
          basis: amount,
          due: orNull(fc.record({recipient: account, amount})),
          before: fc.constant(null),
          source: fc.constantFrom('call', 'ambiguous'),
        }),
        {maxLength: 2},
      ),
      {nil: undefined},
    ),
    orders: fc.array(fc.record({orderRef: hashOf(0x71, 0x72), maker: account, logIndex: small}), {maxLength: 2}),
  }),
]
