import {events} from '../../abi/erc721'
import {describeEvent} from '../../domain/abiEvent'
import type {EventBody} from '../../domain/event'
import type {Log} from '../../domain/log'
import type {Standard} from '../../domain/standard'
import {topicAddress, topicUint256} from '../../domain/topic'

const transfer = describeEvent(events.Transfer)

/** Read from the topics by hand: most logs of most chains pass here. */
const decodeTransfer = ({address, topics}: Log): readonly EventBody[] => [
  {
    type: 'token.transferred',
    namespace: 'erc721',
    collection: address,
    tokenId: topicUint256(topics[3]),
    from: topicAddress(topics[1]),
    to: topicAddress(topics[2]),
    amount: 1n,
    operator: null,
  },
]

/** Contracts older than the standard are read by pre-erc721, where it is named; else their 1-topic form is a stored failure. */
export const erc721: Standard = {
  name: 'erc721',
  title: 'ERC-721 Non-Fungible Token Standard',
  source: 'https://eips.ethereum.org/EIPS/eip-721',
  layouts: [{...transfer, decode: decodeTransfer}],
  foreign: [{topic0: transfer.topic0, topicCount: 3, reason: 'ERC-20 Transfer: the amount is not indexed'}],
}
