import {events} from '../../abi/erc1155'
import {buildLayout, dataReader, describeEvent} from '../../domain/abiEvent'
import type {EventBody, TokenTransferred} from '../../domain/event'
import type {Log} from '../../domain/log'
import {DecodeError, type Standard} from '../../domain/standard'
import {topicAddress} from '../../domain/topic'

type Parties = Omit<TokenTransferred, 'tokenId' | 'amount'>

const parties = ({address, topics}: Log): Parties => ({
  type: 'token.transferred',
  namespace: 'erc1155',
  collection: address,
  operator: topicAddress(topics[1]),
  from: topicAddress(topics[2]),
  to: topicAddress(topics[3]),
})

const readSingle = dataReader(events.TransferSingle)
const readBatch = dataReader(events.TransferBatch)

function decodeSingle(log: Log): readonly EventBody[] {
  const {id, value} = readSingle(log)
  return [{...parties(log), tokenId: id, amount: value}]
}

/** One event per entry, in its order; an id may repeat. An empty batch moved nothing: no event. */
function decodeBatch(log: Log): readonly EventBody[] {
  const {ids, values} = readBatch(log)
  if (ids.length !== values.length) throw new DecodeError('malformed', `${ids.length} ids but ${values.length} values`)
  const moved = parties(log)
  return ids.map((tokenId, i) => ({...moved, tokenId, amount: values[i] as bigint}))
}

export const erc1155: Standard = {
  name: 'erc1155',
  title: 'ERC-1155 Multi Token Standard',
  source: 'https://eips.ethereum.org/EIPS/eip-1155',
  layouts: [
    {...describeEvent(events.TransferSingle), decode: decodeSingle},
    {...describeEvent(events.TransferBatch), decode: decodeBatch},
    buildLayout(events.URI, ({id, value}, log) => [
      {type: 'metadata.changed', collection: log.address, scope: {kind: 'token', tokenId: id}, uri: value},
    ]),
  ],
}
