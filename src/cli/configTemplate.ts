/** What `indexer init` writes: usable as it is once RPC_ETHEREUM is set, every key explained. */
export const CONFIG_TEMPLATE = `# Configuration of the indexer. Check it: indexer check-config. Run it: indexer start.
# \${NAME} and \${NAME:-default} read the environment, in every text of this file.

chains:
  - id: 1                          # EIP-155 chain id
    rpc: ["\${RPC_ETHEREUM:-http://127.0.0.1:8545}"]   # http(s) or ws(s). Keys in it are never logged
    # gateway: https://v2.archive.subsquid.io/network/ethereum-mainnet   # an SQD gateway brings history much faster
    finality: finalized            # the node's finalized tag, or a number of confirmations
    startBlock: 0                  # where the oldest contract below was deployed
    # endBlock: 20000000           # index to here, then end
    contracts: "*"                 # every contract that emits a known standard; or a list:
    # contracts:
    #   - address: "0x0000000000000000000000000000000000000001"
    #     standards: [erc721, erc4906]   # default: all
    #     startBlock: 0
    trusted: []                    # registries whose word about other contracts' assets counts
    verification: bloom            # of what the node answers: none, bloom, or receipts (thorough, slower)
    pollIntervalMs: 1000           # how often the head is asked for
    headStallSeconds: 600          # not ready without a new head for so long; null for a chain that may rest

cache:
  dir: .data/cache
  maxBytes: null                   # null: no limit

metadata:
  ipfsGateways: []                 # e.g. https://ipfs.io
  arweaveGateways: []              # e.g. https://arweave.net
  allowPrivateAddresses: false     # true lets token URIs reach your own network: only for tests
  backgroundPerSecond: 20          # documents that nobody waits for; 0: only those that are asked for or change
  rereadHours: 168                 # how old a document gets that no event speaks of

roles: {}                          # what an address is: creator, modelOwner, computeProvider, marketplace
  # "0x0000000000000000000000000000000000000002": creator

webhooks: []                       # told what happens, beside those that API keys register; secret: whsec_ and base64 (docs/feed.md)
  # - {name: search, url: https://search.example/hook, secret: "\${SEARCH_WEBHOOK_SECRET}", kinds: [METADATA], finality: head}

api:
  cors: []                         # origins of frontends, e.g. https://app.example
  introspection: true

events: []                         # contracts' own event shapes, said in the words of the indexer:
  # - contract: "0x0000000000000000000000000000000000000001"   # or a list, or "*"
  #   event: "LicenseGranted(uint256 indexed licenseId, uint256 indexed tokenId, address indexed licensee, uint64 startsAt, uint64 endsAt, bytes32 termsHash, string uri)"
  #   as: license.granted
  #   fields: {licenseId: licenseId, tokenId: tokenId, licensee: licensee, startTime: startsAt, expiry: endsAt, termsHash: termsHash, termsURI: uri}
`
