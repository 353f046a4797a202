import {keccak256} from 'ethers/crypto'
import {events} from '../../abi/erc7007'
import {events as draft} from '../../abi/erc7007-draft'
import {events as draft2024} from '../../abi/erc7007-draft-2024'
import {events as reference} from '../../abi/erc7007-reference'
import {events as unindexed} from '../../abi/erc7007-unindexed'
import {buildAskingLayout, buildLayout} from '../../domain/abiEvent'
import type {GenerationClaimed, MetadataChanged} from '../../domain/event'
import {type Address, type Hash32, type Hex, parseHash32} from '../../domain/hex'
import type {Standard} from '../../domain/standard'
import {findPrompt, promptQuestions, toPrompt} from './prompt'

const hashOf = (bytes: string): Hash32 => parseHash32(keccak256(bytes))

const claim = (collection: Address, tokenId: bigint, promptHash: Hash32, outputHash: Hash32, proof: string): GenerationClaimed => ({
  type: 'generation.claimed',
  collection,
  tokenId,
  promptHash,
  outputHash,
  proofHash: proof === '0x' ? null : hashOf(proof),
})

const uriTold = (collection: Address, tokenId: bigint, uri: string): readonly MetadataChanged[] =>
  uri === '' ? [] : [{type: 'metadata.changed', collection, scope: {kind: 'token', tokenId}, uri}]

/**
 * AigcData has one topic0 in three layouts: the text of the standard indexes prompt and output, its own reference contracts only the prompt,
 * contracts in the wild neither. What is not a hash in the log is hashed here, so all three tell the same. It is a claim, not a verification.
 * Drafts before August 2024 had Mint in its place, and an Update with the token's URI: two facts in one log.
 */
export const erc7007: Standard = {
  name: 'erc7007',
  title: 'ERC-7007 Verifiable AI-Generated Content Token',
  source: 'https://eips.ethereum.org/EIPS/eip-7007',
  layouts: [
    buildAskingLayout(events.AigcData, {
      asks: ({tokenId}, {address}) => promptQuestions(address, tokenId),
      decode: ({tokenId, prompt, aigcData, proof}, {address}, answers) => [
        {
          ...claim(address, tokenId, parseHash32(prompt), parseHash32(aigcData), proof),
          prompt: findPrompt(parseHash32(prompt), answers),
        },
      ],
    }),
    buildAskingLayout(reference.AigcData, {
      asks: ({tokenId}, {address}) => promptQuestions(address, tokenId),
      decode: ({tokenId, prompt, aigcData, proof}, {address}, answers) => [
        {...claim(address, tokenId, parseHash32(prompt), hashOf(aigcData), proof), prompt: findPrompt(parseHash32(prompt), answers)},
      ],
    }),
    buildLayout(unindexed.AigcData, ({tokenId, prompt, aigcData, proof}, {address}) => [
      {...claim(address, tokenId, hashOf(prompt), hashOf(aigcData), proof), prompt: toPrompt(prompt as Hex, 'log')},
    ]),
    buildLayout(events.Update, ({tokenId, prompt, aigcData}, {address}) => [
      {
        type: 'generation.updated',
        collection: address,
        tokenId,
        promptHash: parseHash32(prompt),
        outputHash: parseHash32(aigcData),
      },
    ]),
    buildLayout(draft.Mint, ({tokenId, prompt, aigcData, uri, proof}, {address}) => [
      claim(address, tokenId, parseHash32(prompt), parseHash32(aigcData), proof),
      ...uriTold(address, tokenId, uri),
    ]),
    buildLayout(draft2024.Mint, ({tokenId, prompt, aigcData, uri, proof}, {address}) => [
      claim(address, tokenId, parseHash32(prompt), hashOf(aigcData), proof),
      ...uriTold(address, tokenId, uri),
    ]),
    buildLayout(draft2024.Update, ({tokenId, prompt, aigcData, uri}, {address}) => [
      {
        type: 'generation.updated',
        collection: address,
        tokenId,
        promptHash: parseHash32(prompt),
        outputHash: parseHash32(aigcData),
      },
      ...uriTold(address, tokenId, uri),
    ]),
  ],
}
