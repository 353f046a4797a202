import type {Address, Hash32} from './hex'
import {DecodeError} from './standard'

const ADDRESS_PADDING = `0x${'0'.repeat(24)}`
const TOPIC = /^0x[0-9a-f]{64}$/

/** Values of indexed parameters, read straight from the topic: the fast way for the events that make up most of a chain. */

/** @throws DecodeError */
export function topicAddress(topic: string | undefined): Address {
  if (topic?.length !== 66) throw new DecodeError('malformed', 'a topic is not 32 bytes')
  if (!topic.startsWith(ADDRESS_PADDING)) throw new DecodeError('out_of_range', 'a value does not fit its 160 bits')
  // The one place where a topic becomes an address: length and padding are checked, and Log says that its bytes are lower-case hex.
  return `0x${topic.slice(26)}` as Address
}

/** @throws DecodeError */
export function topicUint256(topic: string | undefined): bigint {
  if (topic === undefined || !TOPIC.test(topic)) throw new DecodeError('malformed', 'a topic is not 32 bytes')
  return BigInt(topic)
}

/** A bytes32, or the keccak256 that stands for an indexed string, bytes, array or struct. @throws DecodeError */
export function topicHash(topic: string | undefined): Hash32 {
  if (topic === undefined || !TOPIC.test(topic)) throw new DecodeError('malformed', 'a topic is not 32 bytes')
  return topic as Hash32
}
