import {type Address, parseAddress} from './hex'
import {invalid} from './invalid'
import {parseUint256} from './uint256'

/** EIP-155 chain id. At most 2^52-ish (EIP-2294), so a JS number holds it. */
export type ChainId = number

export const MAX_CHAIN_ID = 4_503_599_627_370_476

export type AssetNamespace = 'erc721' | 'erc1155'
/** What identifies an asset; the ERC namespace is presentation (architecture §4). */
export type AssetRef = Readonly<{chainId: ChainId; collection: Address; tokenId: bigint}>
export type AccountRef = Readonly<{chainId: ChainId; address: Address}>

const CHAIN = /^eip155:([1-9][0-9]{0,15})$/
const ACCOUNT = /^(eip155:[0-9]+):(0x[0-9a-fA-F]{40})$/
const ASSET = /^(eip155:[0-9]+)\/(erc721|erc1155):(0x[0-9a-fA-F]{40})\/([0-9]{1,78})$/
const COLLECTION = /^(eip155:[0-9]+)\/(erc721|erc1155):(0x[0-9a-fA-F]{40})$/

/** CAIP-2, `eip155:1`. */
export const formatChainId = (chainId: ChainId | bigint): string => `eip155:${chainId}`

/** @throws InvalidInput */
export function parseChainId(text: string): ChainId {
  const chainId = Number(CHAIN.exec(text)?.[1])
  if (!(chainId <= MAX_CHAIN_ID)) throw invalid('chain id (CAIP-2)', text, 'eip155:<number>')
  return chainId
}

/** CAIP-10, `eip155:1:0xab…`. */
export const formatAccountId = ({chainId, address}: AccountRef): string => `${formatChainId(chainId)}:${address}`

/** @throws InvalidInput */
export function parseAccountId(text: string): AccountRef {
  const [, chain, address] = ACCOUNT.exec(text) ?? []
  if (!chain || !address) throw invalid('account id (CAIP-10)', text, 'eip155:<chain>:0x<address>')
  return {chainId: parseChainId(chain), address: parseAddress(address)}
}

/** CAIP-19, `eip155:1/erc721:0xab…/42`; `erc721` until a log tells the standard. */
export const formatAssetId = (asset: AssetRef, namespace: AssetNamespace = 'erc721'): string =>
  `${formatChainId(asset.chainId)}/${namespace}:${asset.collection}/${asset.tokenId}`

/** Either namespace is accepted. @throws InvalidInput */
export function parseAssetId(text: string): AssetRef {
  const [, chain, , collection, tokenId] = ASSET.exec(text) ?? []
  if (!chain || !collection || !tokenId) throw invalid('asset id (CAIP-19)', text, 'eip155:<chain>/erc721:0x<collection>/<token id>')
  return {chainId: parseChainId(chain), collection: parseAddress(collection), tokenId: parseUint256(tokenId.replace(/^0+(?=\d)/, ''))}
}

/** CAIP-19 asset type, `eip155:1/erc721:0xab…`. */
export const formatCollectionId = (account: AccountRef, namespace: AssetNamespace = 'erc721'): string =>
  `${formatChainId(account.chainId)}/${namespace}:${account.address}`

/** A CAIP-19 asset type or a CAIP-10 account id. @throws InvalidInput */
export function parseCollectionId(text: string): AccountRef {
  const [, chain, , address] = COLLECTION.exec(text) ?? []
  if (chain && address) return {chainId: parseChainId(chain), address: parseAddress(address)}
  if (ACCOUNT.test(text)) return parseAccountId(text)
  throw invalid('collection id (CAIP-19 asset type)', text, 'eip155:<chain>/erc721:0x<address>')
}
