import type {GraphQLArgument, GraphQLInputType, GraphQLSchema} from 'graphql'

/** What can be asked as of a block, with all below it. What is not here is of now alone. */
export const AS_OF_FIELDS = [
  'account',
  'asset',
  'assets',
  'attestations',
  'collection',
  'collections',
  'contractUpgrades',
  'decodeFailures',
  'generations',
  'license',
  'licenseCheck',
  'licenseTerms',
  'licenses',
  'lineage',
  'metadataCommits',
  'metadataUpdates',
  'provenance',
  'royaltyPayments',
  'royaltySummary',
  'royaltyTermsChanges',
  'sales',
  'splitChanges',
  'splitDistributions',
  'stakeAllocations',
  'transfers',
] as const

const DESCRIPTION = 'The answer, and all below it, as of a past block. Default: now.'

/** Gives the root fields their asOf, which asOfExecution reads: no resolver takes it. */
export function offerAsOf(schema: GraphQLSchema): void {
  const type = schema.getType('AsOf') as GraphQLInputType
  const fields = schema.getQueryType()?.getFields() ?? {}
  for (const name of AS_OF_FIELDS) {
    const argument: GraphQLArgument = {
      name: 'asOf',
      description: DESCRIPTION,
      type,
      defaultValue: undefined,
      deprecationReason: undefined,
      extensions: {},
      astNode: undefined,
    }
    const field = fields[name]
    if (field) field.args = [...field.args, argument]
  }
}
