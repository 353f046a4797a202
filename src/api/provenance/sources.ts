import type {TableName} from '../../domain/rows'
import type {ChainEvent} from '../event/chainEvent'
import {GenerationEvent} from '../generation/generation'
import {LicenseEvent} from '../license/licenseEvent'
import {Derivative} from '../lineage/derivative'
import {MetadataUpdate, metadataOfAsset} from '../metadata/metadataUpdate'
import {RoyaltyPayment} from '../royalty/royaltyPayment'
import {RoyaltyTermsChange} from '../royalty/royaltyTermsChange'
import {Sale} from '../sale/sale'
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

export const ProvenanceKind = {
  TRANSFER: 'TRANSFER',
  METADATA: 'METADATA',
  LICENSE: 'LICENSE',
  ROYALTY: 'ROYALTY',
  SALE: 'SALE',
  GENERATION: 'GENERATION',
  DERIVATIVE: 'DERIVATIVE',
  UPGRADE: 'UPGRADE',
} as const
export type ProvenanceKindName = keyof typeof ProvenanceKind

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
  METADATA: [{table: 'MetadataChange', concerns: metadataOfAsset, hasAuthority: false, toEntry: (row) => new MetadataUpdate(row)}],
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
  GENERATION: [{table: 'GenerationEvent', concerns: byAsset, hasAuthority: true, toEntry: (row) => new GenerationEvent(row)}],
  DERIVATIVE: [
    {
      table: 'Derivative',
      concerns: (key) => [`t."parent_asset_id" = ${key}`, `t."child_asset_id" = ${key} AND t."parent_asset_id" <> ${key}`],
      hasAuthority: true,
      toEntry: (row) => new Derivative(row),
    },
  ],
  UPGRADE: [
    {
      table: 'ContractUpgrade',
      concerns: (key) => [`t."collection_id" = ${collectionOf(key)}`],
      hasAuthority: false,
      toEntry: (row) => new ContractUpgrade(row),
    },
  ],
}
