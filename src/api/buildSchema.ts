import 'reflect-metadata'
import {type GraphQLSchema, specifiedDirectives} from 'graphql'
import {buildSchemaSync} from 'type-graphql'
import {AccountResolver} from './account/accountResolver'
import {AsOfInput} from './asOf/asOfInput'
import {offerAsOf} from './asOf/offerAsOf'
import {AssetResolver} from './asset/assetResolver'
import {AttestationEvent} from './attestation/attestationEvent'
import {AttestationResolver} from './attestation/attestationResolver'
import {AccountBinding} from './binding/accountBinding'
import {AssetAccountResolver, TokenAccountResolver} from './binding/tokenAccountResolver'
import {ChangesResolver} from './changes/changesResolver'
import {AssetCodeResolver, CollectionCodeResolver} from './code/codeResolver'
import {CollectionResolver} from './collection/collectionResolver'
import {MetadataCommitResolver} from './commit/metadataCommit'
import {makeLean} from './execution/leanResolvers'
import {DecodeFailureResolver} from './failure/decodeFailure'
import {MIN_BLOCK} from './freshness/minBlock'
import {GenerationEvent} from './generation/generation'
import {GenerationResolver} from './generation/generationResolver'
import {OracleRequestResolver} from './generation/oracleRequest'
import {LicenseEvent} from './license/licenseEvent'
import {LicenseResolver} from './license/licenseResolver'
import {LicenseTermsResolver, TermsOfLicenseResolver} from './license/licenseTerms'
import {LineageResolver} from './lineage/lineageResolver'
import {LinkResolver} from './link/linkResolver'
import {TokenLock, TokenLockResolver} from './lock/tokenLock'
import {AssetMetadataResolver, CollectionMetadataResolver} from './metadata/assetMetadataResolver'
import {MetadataResolver} from './metadata/metadataResolver'
import {RefreshResolver} from './metadata/refreshResolver'
import {ProvenanceResolver} from './provenance/provenanceResolver'
import {RoyaltyResolver} from './royalty/royaltySummary'
import {RoyaltyTermsResolver} from './royalty/royaltyTerms'
import {SaleResolver} from './sale/saleResolver'
import {SplitResolver} from './split/splitResolver'
import {StakeResolver} from './stake/stakeAllocation'
import {StatusResolver} from './status/statusResolver'
import {RangeTransfer} from './transfer/transfer'
import {TransferResolver} from './transfer/transferResolver'
import {ContractUpgradeResolver} from './upgrade/contractUpgrade'
import {WebhookResolver} from './webhooks/webhookResolver'

const RESOLVERS = [
  AccountResolver,
  AssetAccountResolver,
  AssetCodeResolver,
  AssetMetadataResolver,
  AssetResolver,
  AttestationResolver,
  CollectionCodeResolver,
  CollectionMetadataResolver,
  ChangesResolver,
  CollectionResolver,
  ContractUpgradeResolver,
  DecodeFailureResolver,
  GenerationResolver,
  LicenseResolver,
  LicenseTermsResolver,
  LineageResolver,
  LinkResolver,
  MetadataCommitResolver,
  MetadataResolver,
  OracleRequestResolver,
  ProvenanceResolver,
  RefreshResolver,
  RoyaltyResolver,
  RoyaltyTermsResolver,
  SaleResolver,
  SplitResolver,
  StakeResolver,
  StatusResolver,
  TermsOfLicenseResolver,
  TokenAccountResolver,
  TokenLockResolver,
  TransferResolver,
  WebhookResolver,
] as const

/** The schema of the API; its text is src/api/schema.graphql. */
export function buildApiSchema(): GraphQLSchema {
  const schema = buildSchemaSync({
    resolvers: RESOLVERS,
    // Reached only through the interface.
    orphanedTypes: [AccountBinding, AsOfInput, AttestationEvent, GenerationEvent, LicenseEvent, RangeTransfer, TokenLock],
    directives: [...specifiedDirectives, MIN_BLOCK],
    validate: false,
    // Asked for where there are subscriptions; ours bring their own source.
    pubSub: {
      publish: () => {},
      subscribe: () => ({[Symbol.asyncIterator]: () => ({next: async () => ({done: true, value: undefined})})}) as never,
    },
  })
  makeLean(schema)
  const query = schema.getQueryType()
  if (query) query.description = 'Provenance of AI-generated assets, as told by the logs of EVM chains. Every answer is of one moment.'
  const mutation = schema.getMutationType()
  if (mutation) mutation.description = 'What a client may ask to be done. Nothing that is told from the chain changes by it.'
  const subscription = schema.getSubscriptionType()
  if (subscription) subscription.description = 'What happens, as it happens: over SSE on POST /graphql, or over WebSocket.'
  offerAsOf(schema)
  return schema
}
