import {AbiCoder, keccak256} from 'ethers'
import {describe, expect, it} from 'vitest'
import {address, hash} from '../../../test/support/givenEvents'
import {decodeBy, encodeLog} from '../../../test/support/givenLogs'
import {parseAddress, ZERO_ADDRESS, ZERO_HASH} from '../../domain/hex'
import {ERC6551_REGISTRY, tokenAccountAddress} from '../../domain/tokenAccount'
import {storyProtocol} from './storyProtocol'

const [IP, PARENT, TEMPLATE, NFT, CALLER] = [address(0x1b), address(0x1c), address(0x7e), address(0xa7), address(0xca)]
const byIpId = (ipId: string) => ({collection: ipId, tokenId: 0n, namedBy: 'account'})
const decode = (signature: string, values: readonly unknown[], emitter = TEMPLATE) =>
  decodeBy(storyProtocol, encodeLog(signature, values, {address: emitter}))

const MINTED =
  'LicenseTokensMinted(address indexed caller, address indexed licensorIpId, address licenseTemplate, uint256 indexed licenseTermsId, uint256 amount, address receiver, uint256 startLicenseTokenId)'
const DERIVED =
  'DerivativeRegistered(address indexed caller, address indexed childIpId, uint256[] licenseTokenIds, address[] parentIpIds, uint256[] licenseTermsIds, address licenseTemplate)'
const TERMS = 'LicenseTermsRegistered(uint256 indexed licenseTermsId, address indexed licenseTemplate, bytes licenseTerms)'

describe('IP assets', () => {
  it('an account that is derived from its token proves itself; IPRegistered is the registry’s word', () => {
    const implementation = address(0x1)
    const made = {registry: ERC6551_REGISTRY, implementation, salt: ZERO_HASH, chainId: 1514n, collection: NFT, tokenId: 42n}
    const account = tokenAccountAddress(made)
    const bound = {type: 'account.bound', collection: NFT, tokenId: 42n, account, tokenChainId: 1514n}
    const registered =
      'IPAccountRegistered(address indexed account, address indexed implementation, uint256 indexed chainId, address tokenContract, uint256 tokenId)'
    expect(decode(registered, [account, implementation, 1514, NFT, 42])).toEqual([{...bound, implementation, proven: true}])
    expect(decode(registered, [IP, implementation, 1514, NFT, 42])).toEqual([{...bound, account: IP, implementation, proven: false}])
    const ip =
      'IPRegistered(address ipId, uint256 indexed chainId, address indexed tokenContract, uint256 indexed tokenId, string name, string uri, uint256 registrationDate)'
    expect(decode(ip, [account, 1514, NFT, 42, 'n', 'u', 1])).toEqual([{...bound, implementation: null, proven: false}])
  })

  it('metadata is committed to by its hash; the URI stands in JSON escapes', () => {
    const commit = {type: 'metadata.committed', asset: byIpId(IP), by: null, cidHash: null}
    const set = 'MetadataURISet(address indexed ipId, string metadataURI, bytes32 metadataHash)'
    expect(decode(set, [IP, 'https:\\/\\/a\\u0041\\u0000\\"x\\q', hash(1)])).toEqual([
      {...commit, contentHash: hash(1), uri: 'https://aA\uFFFD"x\\q', note: 'metadata of the IP asset'},
    ])
    const token = 'NFTTokenURISet(address indexed ipId, string nftTokenURI, bytes32 nftMetadataHash)'
    expect(decode(token, [IP, '', ZERO_HASH])).toEqual([{...commit, contentHash: null, uri: null, note: 'metadata of the token'}])
  })
})

describe('terms', () => {
  const types = 'tuple(bool,address,uint256,uint256,bool,bool,address,bytes,uint32,uint256,bool,bool,bool,bool,uint256,address,string)'
  const encode = (currency: string, expiration: bigint) =>
    AbiCoder.defaultAbiCoder().encode(
      [types],
      [
        [
          true,
          address(9),
          500n,
          expiration,
          true,
          false,
          ZERO_ADDRESS,
          '0x1234',
          12_345_678,
          0n,
          true,
          false,
          false,
          true,
          0n,
          currency,
          'ipfs://pil',
        ],
      ],
    )
  const read = (terms: string) => decode(TERMS, [3, TEMPLATE, terms])

  it('the words of the PIL are read: a share of 12.345678 % is 1234 basis points, an expiration of 0 none', () => {
    const terms = encode(address(0xc0), 0n)
    const told = {transferable: true, commercialUse: true, derivativesAllowed: true, royaltyBps: 1234, termsURI: 'ipfs://pil'}
    const registered = {type: 'licenseTerms.registered', template: TEMPLATE, termsId: 3n}
    expect(read(terms)).toEqual([
      {...registered, ...told, termsHash: keccak256(terms), currency: address(0xc0), price: 500n, duration: null},
    ])
    expect(read(encode(ZERO_ADDRESS, 86_400n))).toMatchObject([{currency: null, price: null, duration: 86_400n}])
  })

  it("another template's words are known by their hash alone", () => {
    expect(read('0x1234')).toEqual([
      {
        type: 'licenseTerms.registered',
        template: TEMPLATE,
        termsId: 3n,
        termsHash: keccak256('0x1234'),
        termsURI: null,
        currency: null,
        price: null,
        royaltyBps: null,
        duration: null,
        transferable: null,
        commercialUse: null,
        derivativesAllowed: null,
      },
    ])
  })

  it('they are attached to the asset', () => {
    const attached = 'LicenseTermsAttached(address indexed caller, address indexed ipId, address licenseTemplate, uint256 licenseTermsId)'
    expect(decode(attached, [CALLER, IP, TEMPLATE, 3])).toEqual([
      {type: 'licenseTerms.attached', ...byIpId(IP), template: TEMPLATE, termsId: 3n},
    ])
  })
})

describe('licences', () => {
  const licensingModule = parseAddress('0x04fbd8a2e56dd85CFD5500A4A4DfA955B9f1dE6f')

  it('are counted on from the first, from 0 on; on Story itself whoever owns the token holds one', () => {
    const [granted] = decode(MINTED, [CALLER, IP, TEMPLATE, 3, 5, address(0xb), 0], licensingModule)
    expect(granted).toMatchObject({
      type: 'license.granted',
      ...byIpId(IP),
      licenseId: 0n,
      count: 5n,
      licensor: null,
      licensee: address(0xb),
      heldBy: {collection: '0xfe3838bfb30b34170f00030b52ea4893d8aac6bc', tokenId: 0n},
      expiry: null,
      revoker: null,
      terms: {template: TEMPLATE, termsId: 3n},
    })
    expect(decode(MINTED, [CALLER, IP, TEMPLATE, 3, 5, address(0xb), 0])[0]).not.toHaveProperty('heldBy')
    expect(decode(MINTED, [CALLER, IP, TEMPLATE, 3, 0, address(0xb), 0])).toEqual([])
  })

  const edge = (parent: string, termsId: bigint, licenseId: bigint | null) => [
    {
      type: 'derivative.registered',
      parent: byIpId(parent),
      child: byIpId(IP),
      licenseId,
      royaltyBps: 0,
      terms: {template: TEMPLATE, termsId},
      relation: 0,
    },
    {type: 'licenseTerms.attached', ...byIpId(IP), template: TEMPLATE, termsId},
  ]

  it('case 11: a derivative takes over the terms of its parents, without licence tokens too', () => {
    expect(decode(DERIVED, [CALLER, IP, [], [PARENT, NFT], [3, 4], TEMPLATE])).toEqual([...edge(PARENT, 3n, null), ...edge(NFT, 4n, null)])
  })

  it('licence tokens that made it are used up', () => {
    expect(decode(DERIVED, [CALLER, IP, [7], [PARENT], [3], TEMPLATE])).toEqual([
      ...edge(PARENT, 3n, 7n),
      {type: 'license.exercised', licenseId: 7n, by: CALLER},
    ])
  })

  it('parents without terms of their own are not believed', () => {
    expect(() => decode(DERIVED, [CALLER, IP, [], [PARENT, NFT], [3], TEMPLATE])).toThrow(expect.objectContaining({reason: 'malformed'}))
  })
})
