import type {Rows, TableName} from '../domain/rows'
import * as model from '../model'

type Entity<T extends TableName> = new (props?: Partial<Rows[T]>) => Rows[T]

/** The TypeORM class of every table; `satisfies` keeps it complete. */
export const ENTITIES = {
  AccountBinding: model.AccountBinding,
  Asset: model.Asset,
  Attestation: model.Attestation,
  AttestationEvent: model.AttestationEvent,
  Balance: model.Balance,
  Block: model.Block,
  Collection: model.Collection,
  ContractUpgrade: model.ContractUpgrade,
  DecodeFailure: model.DecodeFailure,
  Derivative: model.Derivative,
  Generation: model.Generation,
  GenerationEvent: model.GenerationEvent,
  GenerationHead: model.GenerationHead,
  GenerationProof: model.GenerationProof,
  License: model.License,
  LicenseEvent: model.LicenseEvent,
  LicenseSlot: model.LicenseSlot,
  LicenseTerms: model.LicenseTerms,
  MetadataChange: model.MetadataChange,
  MetadataCommit: model.MetadataCommit,
  OracleEvent: model.OracleEvent,
  RangeTransfer: model.RangeTransfer,
  RoyaltyPayment: model.RoyaltyPayment,
  RoyaltyTerms: model.RoyaltyTerms,
  RoyaltyTermsChange: model.RoyaltyTermsChange,
  Sale: model.Sale,
  SaleItem: model.SaleItem,
  SaleOrder: model.SaleOrder,
  SalePayment: model.SalePayment,
  TokenAccount: model.TokenAccount,
  TokenLock: model.TokenLock,
  Transfer: model.Transfer,
} satisfies Record<TableName, unknown>

/** A row as an instance of its class. Rows and generated classes agree field by field (tested), but for enums, which rows spell as text. */
export const entityOf = <T extends TableName>(table: T, row: Rows[T]): {id: string} => new (ENTITIES[table] as unknown as Entity<T>)(row)
