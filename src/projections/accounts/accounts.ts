import {type Change, insert, put} from '../../domain/change'
import type {DomainEvent, EventOf} from '../../domain/event'
import {factColumns} from '../../domain/fact'
import {tokenAccountId} from '../../domain/ids'
import type {Projection, RowKey, Snapshot} from '../../domain/projection'
import type {AccountBindingRow} from '../../domain/rows'

/** Accounts that belong to tokens (ERC-6551). What nobody vouches for, and no address proves, is kept and binds nothing. */
export const accounts: Projection = {
  name: 'accounts',
  owns: ['AccountBinding', 'TokenAccount'],
  handles: ['account.bound'],
  reads: (event: DomainEvent): readonly RowKey[] =>
    event.type === 'account.bound' ? [{table: 'TokenAccount', id: tokenAccountId(event.ref.chainId, event.account)}] : [],
  apply: (event: DomainEvent, state: Snapshot): readonly Change[] => (event.type === 'account.bound' ? bind(event, state) : []),
}

/** An account never changes its token: the first word stands. */
function bind(event: EventOf<'account.bound'>, state: Snapshot): readonly Change[] {
  const binding = bindingOf(event)
  const id = tokenAccountId(event.ref.chainId, event.account)
  const fact = insert('AccountBinding', binding)
  if (event.authority === 'unverified' || state.get('TokenAccount', id)) return [fact]
  const {chainId, account, collectionId, assetId} = binding
  return [fact, put('TokenAccount', {id, chainId, account, collectionId, assetId, bindingId: event.ref.key})]
}

/** The token's keys begin with the token's chain. */
const bindingOf = (event: EventOf<'account.bound'>): AccountBindingRow => ({
  ...factColumns(event.ref),
  emitter: event.emitter,
  standard: event.standard,
  authority: event.authority,
  account: event.account,
  implementation: event.implementation,
  collectionId: `${event.tokenChainId}-${event.collection}`,
  assetId: `${event.tokenChainId}-${event.collection}-${event.tokenId}`,
  tokenChainId: event.tokenChainId,
  tokenId: event.tokenId,
})
