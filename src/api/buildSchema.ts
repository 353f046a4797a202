import 'reflect-metadata'
import {type GraphQLSchema, specifiedDirectives} from 'graphql'
import {buildSchemaSync} from 'type-graphql'
import {AccountResolver} from './account/accountResolver'
import {AssetResolver} from './asset/assetResolver'
import {CollectionResolver} from './collection/collectionResolver'
import {DecodeFailureResolver} from './failure/decodeFailure'
import {MIN_BLOCK} from './freshness/minBlock'
import {GenerationEvent} from './generation/generation'
import {GenerationResolver} from './generation/generationResolver'
import {LicenseEvent} from './license/licenseEvent'
import {LicenseResolver} from './license/licenseResolver'
import {LineageResolver} from './lineage/lineageResolver'
import {AssetMetadataResolver, CollectionMetadataResolver} from './metadata/assetMetadataResolver'
import {MetadataResolver} from './metadata/metadataResolver'
import {RefreshResolver} from './metadata/refreshResolver'
import {ProvenanceResolver} from './provenance/provenanceResolver'
import {RoyaltyTermsResolver} from './royalty/royaltyTerms'
import {RoyaltyResolver} from './royalty/royaltySummary'
import {SaleResolver} from './sale/saleResolver'
import {StatusResolver} from './status/statusResolver'
import {RangeTransfer} from './transfer/transfer'
import {TransferResolver} from './transfer/transferResolver'
import {ContractUpgradeResolver} from './upgrade/contractUpgrade'

/** The schema of the API; its text is src/api/schema.graphql. */
export function buildApiSchema(): GraphQLSchema {
  const schema = buildSchemaSync({
    resolvers: [
      AccountResolver,
      AssetMetadataResolver,
      AssetResolver,
      CollectionMetadataResolver,
      CollectionResolver,
      ContractUpgradeResolver,
      DecodeFailureResolver,
      GenerationResolver,
      LicenseResolver,
      LineageResolver,
      MetadataResolver,
      ProvenanceResolver,
      RefreshResolver,
      RoyaltyResolver,
      RoyaltyTermsResolver,
      SaleResolver,
      StatusResolver,
      TransferResolver,
    ],
    // Reached only through the interface.
    orphanedTypes: [GenerationEvent, LicenseEvent, RangeTransfer],
    directives: [...specifiedDirectives, MIN_BLOCK],
    validate: false,
  })
  const query = schema.getQueryType()
  if (query) query.description = 'Provenance of AI-generated assets, as told by the logs of EVM chains. Every answer is of one moment.'
  const mutation = schema.getMutationType()
  if (mutation) mutation.description = 'What a client may ask to be done. Nothing that is told from the chain changes by it.'
  return schema
}
