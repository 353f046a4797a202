import {events} from '../../abi/story-protocol'
import {buildLayout} from '../../domain/abiEvent'
import type {MetadataCommitted} from '../../domain/event'
import {type Address, parseAddress, parseHash32, ZERO_HASH} from '../../domain/hex'
import type {EventLayout, Standard} from '../../domain/standard'
import {ERC6551_REGISTRY, NO_SALT, tokenAccountAddress} from '../../domain/tokenAccount'
import {disputes} from './disputes'
import {byIpId} from './ipId'
import {licensing} from './licensing'
import {unescapeJson} from './unescapeJson'

/** The account is made by the registry of ERC-6551 without a salt, and logged here at every call; IPRegistered comes once. */
const accountRegistered = buildLayout(events.IPAccountRegistered, (registered) => {
  const [account, implementation] = [parseAddress(registered.account), parseAddress(registered.implementation)]
  const {chainId, tokenId} = registered
  const collection = parseAddress(registered.tokenContract)
  const made = {registry: ERC6551_REGISTRY, implementation, salt: NO_SALT, chainId, collection, tokenId}
  const proven = account === tokenAccountAddress(made)
  return [{type: 'account.bound', collection, tokenId, account, tokenChainId: chainId, implementation, proven}]
})

const ipRegistered = buildLayout(events.IPRegistered, ({ipId, chainId, tokenContract, tokenId}) => [
  {
    type: 'account.bound',
    collection: parseAddress(tokenContract),
    tokenId,
    account: parseAddress(ipId),
    tokenChainId: chainId,
    implementation: null,
    proven: false,
  },
])

const committed = (ipId: Address, uri: string, hash: string, note: string): MetadataCommitted => ({
  type: 'metadata.committed',
  asset: byIpId(ipId),
  by: null,
  contentHash: hash === ZERO_HASH ? null : parseHash32(hash),
  cidHash: null,
  uri: unescapeJson(uri) || null,
  note,
})

const registration: readonly EventLayout[] = [
  ipRegistered,
  accountRegistered,
  buildLayout(events.MetadataURISet, ({ipId, metadataURI, metadataHash}) => [
    committed(parseAddress(ipId), metadataURI, metadataHash, 'metadata of the IP asset'),
  ]),
  buildLayout(events.NFTTokenURISet, ({ipId, nftTokenURI, nftMetadataHash}) => [
    committed(parseAddress(ipId), nftTokenURI, nftMetadataHash, 'metadata of the token'),
  ]),
]

/** IP assets: registration, hashes of metadata, terms, licences, derivatives and disputes. Its payments are in a folder of their own. */
export const storyProtocol: Standard = {
  name: 'story-protocol',
  title: 'Story Protocol: IP assets and licences',
  source: 'https://github.com/storyprotocol/protocol-core-v1',
  layouts: [...registration, ...licensing, ...disputes],
}
