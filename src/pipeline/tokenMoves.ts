import type {EventOf} from '../domain/event'
import {type Address, ZERO_ADDRESS} from '../domain/hex'
import type {SoldItem, Tokens} from '../domain/saleEvents'

type Filled = EventOf<'order.filled'>

/** Which tokens went from whom to whom. Ambiguous: one id had several givers and several receivers. */
export type Moves = Readonly<{items: readonly SoldItem[]; isAmbiguous: boolean}>

type Given = Readonly<{token: Tokens; from: Address; taker: Address}>
type Taken = Readonly<{token: Tokens; to: Address; taker: Address}>
type Sides = {given: Given[]; taken: Taken[]}

export const tokenKey = ({collection, tokenId}: Pick<Tokens, 'collection' | 'tokenId'>): string => `${collection} ${tokenId}`

/** Each id once, though one order gives and another takes it (or the same one: an echo). What only one side tells of went to or came from its taker. */
export function movesOf(orders: readonly Filled[]): Moves {
  const ids = new Map<string, Sides>()
  const sidesOf = (token: Tokens): Sides => {
    const key = tokenKey(token)
    let sides = ids.get(key)
    if (!sides) ids.set(key, (sides = {given: [], taken: []}))
    return sides
  }
  for (const {ref, maker, taker: told, gives, takes} of orders) {
    const taker = told ?? ref.transactionFrom ?? ZERO_ADDRESS
    for (const token of gives.tokens) sidesOf(token).given.push({token, from: maker, taker})
    for (const {recipient, ...token} of takes.tokens) sidesOf(token).taken.push({token, to: recipient, taker})
  }
  const moves = [...ids.values()].map(movesOfId)
  return {items: moves.flatMap(({items}) => items), isAmbiguous: moves.some(({isAmbiguous}) => isAmbiguous)}
}

function movesOfId({given, taken}: Sides): Moves {
  const move = (token: Tokens, from: Address, to: Address): SoldItem => ({...token, from, to})
  const [giver, receiver] = [given[0], taken[0]]
  if (!receiver) return {items: given.map(({token, from, taker}) => move(token, from, taker)), isAmbiguous: false}
  if (!giver) return {items: taken.map(({token, to, taker}) => move(token, taker, to)), isAmbiguous: false}
  const isOneGiver = given.every(({from}) => from === giver.from)
  if (isOneGiver) return {items: taken.map(({token, to}) => move(token, giver.from, to)), isAmbiguous: false}
  return {items: given.map(({token, from}) => move(token, from, receiver.to)), isAmbiguous: taken.some(({to}) => to !== receiver.to)}
}
