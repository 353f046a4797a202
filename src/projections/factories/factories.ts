import {type Change, insert, put} from '../../domain/change'
import type {DomainEvent, EventOf} from '../../domain/event'
import {factColumns} from '../../domain/fact'
import {collectionId} from '../../domain/ids'
import type {Projection, RowKey, Snapshot} from '../../domain/projection'
import type {ContractCreationRow, FactoryContractRow} from '../../domain/rows'

/** Which contracts the configured factories made. The first creation counts: from its block on the contract is indexed. */
export const factories: Projection = {
  name: 'factories',
  owns: ['ContractCreation', 'FactoryContract'],
  handles: ['contract.created'],
  reads: (event: DomainEvent): readonly RowKey[] =>
    event.type === 'contract.created' ? [{table: 'FactoryContract', id: idOf(event)}] : [],
  apply: (event: DomainEvent, state: Snapshot): readonly Change[] => {
    if (event.type !== 'contract.created') return []
    const fact = insert('ContractCreation', creationOf(event))
    return state.get('FactoryContract', idOf(event)) ? [fact] : [fact, put('FactoryContract', contractOf(event))]
  },
}

type Created = EventOf<'contract.created'>
const idOf = ({ref, contract}: Created): string => collectionId(ref.chainId, contract)

const creationOf = (event: Created): ContractCreationRow => ({
  ...factColumns(event.ref),
  emitter: event.emitter,
  standard: event.standard,
  collectionId: idOf(event),
  address: event.contract,
})

const contractOf = (event: Created): FactoryContractRow => ({
  id: idOf(event),
  chainId: BigInt(event.ref.chainId),
  address: event.contract,
  factory: event.emitter,
  createdIn: event.ref.blockNumber,
  creationId: event.ref.key,
})
