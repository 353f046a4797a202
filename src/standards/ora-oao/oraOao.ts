import {keccak256} from 'ethers/crypto'
import {toBeHex} from 'ethers/utils'
import {events} from '../../abi/ora-oao'
import {buildLayout} from '../../domain/abiEvent'
import {type Hash32, parseAddress, parseHash32} from '../../domain/hex'
import type {Standard} from '../../domain/standard'
import {MAX_TEXT_BYTES} from '../../domain/text'

const hashOf = (bytes: string): Hash32 => parseHash32(keccak256(bytes))
const UTF8 = new TextDecoder('utf-8', {fatal: true, ignoreBOM: true})

/** Input that is text, as prompts are; null for what is not, or is longer than any text that we keep. */
function readInput(input: string): string | null {
  const bytes = Buffer.from(input.slice(2), 'hex')
  if (bytes.length > MAX_TEXT_BYTES || bytes.includes(0)) return null
  try {
    return UTF8.decode(bytes)
  } catch {
    return null
  }
}

/**
 * An oracle for models on chain. Who asks is the contract that is called back; which token it asks for it keeps to itself. An answer may be
 * uploaded again: the last one counts. Models are numbered by the oracle.
 */
export const oraOao: Standard = {
  name: 'ora-oao',
  title: 'ORA Onchain AI Oracle',
  source: 'https://github.com/ora-io/OAO',
  layouts: [
    buildLayout(events.AICallbackRequest, ({requestId, modelId, input, callbackContract}) => [
      {
        type: 'generation.requested',
        requestId,
        requester: parseAddress(callbackContract),
        modelId: parseHash32(toBeHex(modelId, 32)),
        inputHash: hashOf(input),
        input: readInput(input),
      },
    ]),
    buildLayout(events.AICallbackResult, ({requestId, invoker, output}) => [
      {type: 'generation.answered', requestId, outputHash: hashOf(output), by: parseAddress(invoker)},
    ]),
  ],
}
