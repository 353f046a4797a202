/** What GraphiQL opens with: works on any index. */
export const DEFAULT_QUERY = `# Who made it, who owns it, what was it made from, who may use it, who was paid?
{
  assets(first: 5, orderBy: MINTED_AT_DESC) {
    totalCount
    nodes {
      id
      collection { name address }
      owner { address }
      creator { address }
      provenance(first: 10) {
        nodes {
          __typename
          blockNumber
          timestamp
          finality
          ... on Transfer { transfer: kind to { address } }
          ... on MetadataUpdate { scope uri }
          ... on GenerationEvent { generation: kind promptHash verifier { address } }
          ... on LicenseEvent { license: kind holder: to { address } }
          ... on RoyaltyPayment { amount currency { symbol } recipient { address } }
        }
      }
    }
  }
  status { chains { chainId indexedBlock { number } finalizedBlock { number } } }
}
`
