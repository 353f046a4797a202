import type {ProvenanceKindName} from '../../domain/provenanceKind'
import type {TableName} from '../../domain/rows'
import {AttestationEvent} from '../attestation/attestationEvent'
import {AccountBinding} from '../binding/accountBinding'
import {MetadataCommit} from '../commit/metadataCommit'
import type {ChainEvent} from '../event/chainEvent'
import {GenerationEvent} from '../generation/generation'
import {OracleEvent} from '../generation/oracleEvent'
import {LicenseEvent} from '../license/licenseEvent'
import {Derivative} from '../lineage/derivative'
import {TokenLock} from '../lock/tokenLock'
import {MetadataUpdate, metadataOfAsset} from '../metadata/metadataUpdate'
import {RoyaltyPayment} from '../royalty/royaltyPayment'
import {RoyaltyTermsChange} from '../royalty/royaltyTermsChange'
import {Sale} from '../sale/sale'
import {SplitChange} from '../split/splitChange'
import {SplitDistribution} from '../split/splitDistribution'
import {StakeAllocation} from '../stake/stakeAllocation'
import {RangeTransfer, Transfer} from '../transfer/transfer'
import {ContractUpgrade} from '../upgrade/contractUpgrade'

/** One kind of entry: where its rows are, which of them concern an asset, and what they become. */
export type Source = Readonly<{
  table: TableName
  /** SQL over `t` and the asset's key: conditions that exclude each other. */
  concerns: (key: string) => readonly string[]
  hasAuthority: boolean
  toEntry: (row: never) => ChainEvent
}>

const collectionOf = (key: string) => `split_part(${key}, '-', 1) || '-' || split_part(${key}, '-', 2)`
const byAsset = (key: string) => [`t."asset_id" = ${key}`]

/** A beacon's upgrade while the contract was on it: the proxy itself logs nothing then. */
const ofItsBeacon = (key: string): string => `t."collection_id" <> ${collectionOf(key)} AND t."kind" = 'upgraded' AND t."collection_id" IN (
  SELECT b.chain_id || '-' || b.beacon FROM contract_upgrade b WHERE b.collection_id = ${collectionOf(key)} AND b.kind = 'beaconChanged')
  AND (SELECT b.beacon FROM contract_upgrade b WHERE b.collection_id = ${collectionOf(key)} AND b.kind IN ('upgraded', 'beaconChanged')
    AND b.id < t."id" ORDER BY b.id DESC LIMIT 1) = t."address"`

/** What became of splits after royalties of it went there: only what came before an entry decides, so that the past stays. */
const ofItsSplits = (key: string) => [
  `(t."split", t."chain_id") IN (SELECT r.recipient, r.chain_id FROM royalty_payment r WHERE r.asset_id = ${key} AND r.id < t."id" AND r.authority <> 'unverified')`,
]

export const KIND_DESCRIPTIONS: Readonly<Record<ProvenanceKindName, {description: string}>> = {
  TRANSFER: {description: 'Mints, moves and burns, one by one or by range.'},
  METADATA: {description: 'Metadata changes of the token, of ranges over it, and of its contract; content that was committed to.'},
  LICENSE: {description: 'Licences granted, revoked, handed on, used up; terms attached.'},
  ROYALTY: {description: 'Payments, and what its contract or a registry said is due.'},
  SALE: {description: 'Sales of it, alone or with others.'},
  GENERATION: {description: 'Claims and proofs of how it was generated; on the feed also what oracles were asked and answered.'},
  DERIVATIVE: {description: 'What it was made from, and what was made from it.'},
  SPLIT: {description: 'Who shares royalties of it that went to a split, and what such a split paid out.'},
  STAKE: {description: 'Stakes put behind it.'},
  UPGRADE: {description: 'Changes of the code of its contract, by itself or its beacon, and of who may change it.'},
  LOCK: {description: 'Whether it may be moved.'},
  ACCOUNT: {description: 'Accounts that were bound to it.'},
  ATTESTATION: {description: 'What was vouched for of it, or of its contract, and taken back.'},
}

/** The whole timeline: a new kind of entry is one more line here. */
export const SOURCES: Readonly<Record<ProvenanceKindName, readonly Source[]>> = {
  TRANSFER: [
    {table: 'Transfer', concerns: byAsset, hasAuthority: false, toEntry: (row) => new Transfer(row)},
    {
      table: 'RangeTransfer',
      concerns: (key) => [
        `t."collection_id" = ${collectionOf(key)} AND split_part(${key}, '-', 3)::numeric BETWEEN t."from_token_id" AND t."to_token_id"`,
      ],
      hasAuthority: false,
      toEntry: (row) => new RangeTransfer(row),
    },
  ],
  METADATA: [
    {table: 'MetadataChange', concerns: metadataOfAsset, hasAuthority: false, toEntry: (row) => new MetadataUpdate(row)},
    {table: 'MetadataCommit', concerns: byAsset, hasAuthority: true, toEntry: (row) => new MetadataCommit(row)},
  ],
  LICENSE: [{table: 'LicenseEvent', concerns: byAsset, hasAuthority: true, toEntry: (row) => new LicenseEvent(row)}],
  ROYALTY: [
    {table: 'RoyaltyPayment', concerns: byAsset, hasAuthority: true, toEntry: (row) => new RoyaltyPayment(row)},
    {
      table: 'RoyaltyTermsChange',
      concerns: (key) => [`t."asset_id" = ${key}`, `t."collection_id" = ${collectionOf(key)} AND t."asset_id" IS NULL`],
      hasAuthority: true,
      toEntry: (row) => new RoyaltyTermsChange(row),
    },
  ],
  SALE: [
    {
      table: 'Sale',
      concerns: (key) => [`t."id" IN (SELECT i.sale_id FROM sale_item i WHERE i.asset_id = ${key})`],
      hasAuthority: true,
      toEntry: (row) => new Sale(row),
    },
  ],
  GENERATION: [
    {table: 'GenerationEvent', concerns: byAsset, hasAuthority: true, toEntry: (row) => new GenerationEvent(row)},
    // An oracle is asked by a contract, and names no asset: it is found from the generation. The feed tells of it.
    {table: 'OracleEvent', concerns: () => [], hasAuthority: true, toEntry: (row) => new OracleEvent(row)},
  ],
  DERIVATIVE: [
    {
      table: 'Derivative',
      concerns: (key) => [`t."parent_asset_id" = ${key}`, `t."child_asset_id" = ${key} AND t."parent_asset_id" IS DISTINCT FROM ${key}`],
      hasAuthority: true,
      toEntry: (row) => new Derivative(row),
    },
  ],
  SPLIT: [
    {table: 'SplitChange', concerns: ofItsSplits, hasAuthority: true, toEntry: (row) => new SplitChange(row)},
    {table: 'SplitDistribution', concerns: ofItsSplits, hasAuthority: true, toEntry: (row) => new SplitDistribution(row)},
  ],
  STAKE: [{table: 'StakeAllocation', concerns: byAsset, hasAuthority: true, toEntry: (row) => new StakeAllocation(row)}],
  UPGRADE: [
    {
      table: 'ContractUpgrade',
      concerns: (key) => [`t."collection_id" = ${collectionOf(key)}`, ofItsBeacon(key)],
      hasAuthority: false,
      toEntry: (row) => new ContractUpgrade(row),
    },
  ],
  LOCK: [{table: 'TokenLock', concerns: byAsset, hasAuthority: false, toEntry: (row) => new TokenLock(row)}],
  ACCOUNT: [{table: 'AccountBinding', concerns: byAsset, hasAuthority: true, toEntry: (row) => new AccountBinding(row)}],
  ATTESTATION: [
    {
      table: 'AttestationEvent',
      concerns: (key) => [
        `t."asset_id" = ${key}`,
        `t."subject" = split_part(${key}, '-', 2) AND t."asset_id" IS NULL AND t."chain_id" = split_part(${key}, '-', 1)::numeric`,
      ],
      hasAuthority: true,
      toEntry: (row) => new AttestationEvent(row),
    },
  ],
}
