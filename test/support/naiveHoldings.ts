import type {DomainEvent, EventOf} from '../../src/domain/event'
import {ZERO_ADDRESS} from '../../src/domain/hex'

type Entry = Readonly<{asset: string; event: Pick<EventOf<'token.transferred'>, 'namespace' | 'from' | 'to' | 'amount'>}>

/** Who holds what, found the slow and obvious way: every movement listed, then asked. Written without the projection's code. */
export function naiveHoldings(events: readonly DomainEvent[]) {
  const entries = events.flatMap(entriesOf)
  const assets = [...new Set(entries.map(({asset}) => asset))].sort()
  const kept = assets.map((asset) => {
    const own = entries.filter((entry) => entry.asset === asset).map(({event}) => event)
    const standard = own[0]?.namespace ?? 'erc721'
    return {asset, standard, moves: own.filter(({namespace}) => namespace === standard)}
  })
  return {
    owners: kept.map(({asset, standard, moves}) => [asset, standard, standard === 'erc1155' ? null : holder(moves.at(-1)?.to)]),
    balances: kept.flatMap(({asset, standard, moves}) => (standard === 'erc1155' ? balancesOf(asset, moves) : [])),
  }
}

const holder = (to: string | undefined) => (to === ZERO_ADDRESS ? null : to)

function balancesOf(asset: string, moves: readonly Entry['event'][]): readonly (readonly [string, bigint])[] {
  const real = moves.filter(({from, to, amount}) => from !== to && amount !== 0n)
  const accounts = [...new Set(real.flatMap(({from, to}) => [from, to]))].filter((account) => account !== ZERO_ADDRESS).sort()
  const sum = (side: 'from' | 'to', account: string) =>
    real.filter((move) => move[side] === account).reduce((total, {amount}) => total + amount, 0n)
  return accounts.map((account) => [`${asset}-${account}`, sum('to', account) - sum('from', account)])
}

function entriesOf(event: DomainEvent): readonly Entry[] {
  if (event.type === 'token.transferred') return [{asset: `${event.ref.chainId}-${event.collection}-${event.tokenId}`, event}]
  if (event.type !== 'token.rangeTransferred' || event.toTokenId - event.fromTokenId >= 10_000n) return []
  const entries: Entry[] = []
  for (let id = event.fromTokenId; id <= event.toTokenId; id++)
    entries.push({
      asset: `${event.ref.chainId}-${event.collection}-${id}`,
      event: {namespace: 'erc721', from: event.from, to: event.to, amount: 1n},
    })
  return entries
}
