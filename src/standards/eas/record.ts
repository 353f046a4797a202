import {AbiCoder} from 'ethers/abi'
import {keccak256} from 'ethers/crypto'
import {id, solidityPacked} from 'ethers/hash'
import type {AttestationMade, AttestationRecord} from '../../domain/event'
import {type Address, type Hash32, type Hex, parseAddress, parseHash32, ZERO_ADDRESS, ZERO_HASH} from '../../domain/hex'
import {type Answer, NOT_ASKED, type Question} from '../../domain/question'

const GET_ATTESTATION = id('getAttestation(bytes32)').slice(0, 10)
/** struct Attestation of EAS, Common.sol. */
const ATTESTATION = 'tuple(bytes32,bytes32,uint64,uint64,uint64,bytes32,address,address,bool,bytes)'

/**
 * Kinds of attestation that say in their data which token they are about. EAS has none of its own; a schema is known by its uid, which is the
 * hash of its text, of its resolver and of whether it can be revoked (SchemaRegistry.sol).
 */
export const ASSET_SCHEMAS = ['address collection,uint256 tokenId', 'address collection,uint256 tokenId,bytes32 contentHash'] as const
const ABOUT_ASSETS: ReadonlyMap<string, readonly string[]> = new Map(
  ASSET_SCHEMAS.flatMap((schema) =>
    [true, false].map((revocable) => [
      schemaUid(schema, ZERO_ADDRESS, revocable),
      schema.split(',').map((field) => field.split(' ')[0] ?? ''),
    ]),
  ),
)

export function schemaUid(schema: string, resolver: Address, revocable: boolean): Hash32 {
  return parseHash32(keccak256(solidityPacked(['string', 'address', 'bool'], [schema, resolver, revocable])))
}

/** The log has the uid; what is attested, until when, and of which other it speaks is in the registry, and does not change there. */
export const recordQuestion = (registry: Address, uid: Hash32): Question => ({
  kind: 'call',
  to: registry,
  data: `${GET_ATTESTATION}${uid.slice(2)}` as Hex,
  at: 'block',
})

type Known = Pick<AttestationMade, 'expiry' | 'tokenId' | 'contentHash'> & Readonly<{collection: Address | null; record: AttestationRecord}>

const unknown = (why: string): Known => ({
  expiry: null,
  collection: null,
  tokenId: null,
  contentHash: null,
  record: {data: null, refUid: null, revocable: null, source: `unknown: ${why}`},
})

/** A registry that answers something else is not believed. */
export function readRecord(uid: Hash32, answer: Answer = NOT_ASKED): Known {
  if (!answer.ok) return unknown(answer.reason)
  try {
    const [read] = AbiCoder.defaultAbiCoder().decode([ATTESTATION], answer.data) as unknown as [readonly unknown[]]
    const [told, schema, , expires, , ref, , , revocable, data] = read as [
      string,
      string,
      bigint,
      bigint,
      bigint,
      string,
      string,
      string,
      boolean,
      Hex,
    ]
    if (told !== uid) return unknown('another_attestation')
    return {
      // EAS refuses one that expires at its own second, so that the second is not in it any more. 0: without end.
      expiry: expires === 0n ? null : expires - 1n,
      ...assetOf(schema, data),
      record: {data, refUid: ref === ZERO_HASH ? null : parseHash32(ref), revocable, source: 'call'},
    }
  } catch {
    return unknown('malformed')
  }
}

function assetOf(schema: string, data: Hex): Pick<Known, 'collection' | 'tokenId' | 'contentHash'> {
  const types = ABOUT_ASSETS.get(schema)
  if (!types) return {collection: null, tokenId: null, contentHash: null}
  try {
    const [collection, tokenId, contentHash] = AbiCoder.defaultAbiCoder().decode(types, data) as unknown as [string, bigint, string?]
    return {collection: parseAddress(collection), tokenId, contentHash: contentHash ? parseHash32(contentHash) : null}
  } catch {
    // Anybody may write anything under a schema.
    return {collection: null, tokenId: null, contentHash: null}
  }
}
