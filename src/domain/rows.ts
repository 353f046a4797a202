// Generated from schema.graphql by `npm run codegen`; never edited.

export type TokenStandard = 'erc721' | 'erc1155'

export type MetadataScope = 'token' | 'range' | 'contract'

export type Authority = 'self' | 'trusted' | 'unverified'

export type GenerationStatus = 'claimed' | 'verified' | 'invalidated'

export type GenerationEventKind = 'claimed' | 'verified' | 'updated' | 'invalidated'

export type LicenseEventKind = 'granted' | 'revoked' | 'transferred' | 'exercised' | 'termsRegistered' | 'termsAttached'

/** What a recipient of money is, as the log or the operator says. */
export type RecipientRole = 'creator' | 'modelOwner' | 'computeProvider' | 'marketplace' | 'other'

export type SplitChangeKind = 'created' | 'updated'

export type SaleKind = 'priced' | 'barter' | 'mixed' | 'unpaid' | 'unclear'

export type SalePart = 'seller' | 'marketplace' | 'royalty' | 'unclassified'

export type PartEvidence = 'order' | 'roles' | 'protocol' | 'terms'

export type ContractChangeKind = 'upgraded' | 'beaconChanged' | 'adminChanged' | 'facetsChanged'

export type AttestationEventKind = 'made' | 'revoked'

export type OracleEventKind = 'requested' | 'answered'

export type LinkRelation = 'triggeredBy' | 'paidBy' | 'explainedBy'

/** A block that holds at least one indexed event: what its facts are dated and compared by. */
export type BlockRow = Readonly<{
  /** <chainId>-<number>, the number zero-padded to 10 digits */
  id: string
  chainId: bigint
  number: number
  hash: string
  timestamp: Date
}>

/** A contract that emitted at least one indexed event about its own assets, or announced its code (standard null, no assets: only that). State. */
export type CollectionRow = Readonly<{
  id: string
  chainId: bigint
  address: string
  /** Told by the kind of its first transfer; null until then. */
  standard: TokenStandard | null
  /** Current ERC-1967 implementation; null when none was announced, or when a beacon tells it. */
  implementation: string | null
  /** The beacon whose implementation it takes; null when it has one of its own. */
  beacon: string | null
  /** Who may upgrade it, as last announced (ERC-1967 AdminChanged). */
  admin: string | null
  firstEventId: string
  firstEventAt: Date
  /** Assets (token ids) ever seen, burned ones included; minted ERC-2309 ranges too large to expand count in full, and their ids again when they move (docs/decisions/range-expansion.md). */
  assetCount: bigint
  transferCount: bigint
}>

/** A token id of a collection that a transfer told of. State. */
export type AssetRow = Readonly<{
  id: string
  chainId: bigint
  collectionId: string
  tokenId: bigint
  standard: TokenStandard
  /** ERC-721: receiver of the last transfer (INV-3); null when burned. ERC-1155: always null, see Balance. */
  owner: string | null
  /** Sender of the transaction that minted the present incarnation (ERC-1155 0->0 declaration: its operator); null when no mint was observed. */
  creator: string | null
  /** Life of this ERC-721 id: 1, and one more each time it lives again after a burn. Always 1 for ERC-1155. */
  incarnation: number
  /** Event key of the mint of the present incarnation; null when it was not observed (ERC-721: tokens of a constructor may have none). */
  mintId: string | null
  mintedAt: Date | null
  /** Event key of the burn that ended the present incarnation; null while it exists, and always for ERC-1155, where an id names a kind: see supply. */
  burnId: string | null
  burnedAt: Date | null
  transferCount: number
  /** ERC-1155: minted minus burned. ERC-721: 1, or 0 when burned. */
  supply: bigint
  lastTransferId: string
}>

/** ERC-1155 holding of one account. State; zero rows are kept, a negative amount shows a contract whose logs do not add up. */
export type BalanceRow = Readonly<{
  /** <assetId>-<account> */
  id: string
  chainId: bigint
  collectionId: string
  assetId: string
  account: string
  amount: bigint
  /** Event key of the last transfer that changed the amount. */
  lastTransferId: string
}>

/** One token (or one entry of an ERC-1155 batch) moved. Fact. */
export type TransferRow = Readonly<{
  id: string
  chainId: bigint
  blockNumber: number
  logIndex: number
  timestamp: Date
  transactionHash: string
  /** Sender of the transaction: a log is a claim, this is who paid for it (sleep minting). */
  transactionFrom: string | null
  collectionId: string
  assetId: string
  tokenId: bigint
  /** Zero address: a mint. */
  from: string
  /** Zero address: a burn. */
  to: string
  amount: bigint
  /** ERC-1155 only. */
  operator: string | null
  incarnation: number
  /** Its place among the transfers of its asset, from 1: what Asset.transferCount was then. */
  ordinal: number
  /** Who owned the ERC-721 asset before and after, by the logs up to this one, whatever it says itself in from; null where nobody is known to, and for ERC-1155. */
  previousOwner: string | null
  owner: string | null
}>

/** An ERC-2309 range too large to expand into assets, or naming nothing (docs/decisions/range-expansion.md): stands for a transfer of every id in it. Fact. */
export type RangeTransferRow = Readonly<{
  id: string
  chainId: bigint
  blockNumber: number
  logIndex: number
  timestamp: Date
  transactionHash: string
  transactionFrom: string | null
  collectionId: string
  fromTokenId: bigint
  toTokenId: bigint
  from: string
  to: string
}>

/** A contract said that metadata changed. A range stays one row. Fact. */
export type MetadataChangeRow = Readonly<{
  id: string
  chainId: bigint
  blockNumber: number
  logIndex: number
  timestamp: Date
  transactionHash: string
  collectionId: string
  standard: string
  scope: MetadataScope
  /** Scope token only. */
  assetId: string | null
  /** Scope token and range; null for contract. */
  fromTokenId: bigint | null
  /** Inclusive; null for contract, and for a range that is open-ended (2^256-1 in the log). May be below fromTokenId, as logged: names nothing. */
  toTokenId: bigint | null
  /** The new URI when the log carries it. */
  uri: string | null
}>

/** What is known of how an asset was generated: one record per asset, life and prompt. State. */
export type GenerationRow = Readonly<{
  /** <assetId>-<promptHash>, with -<incarnation> behind it where an earlier life has that, and -<emitter> for unverified claims */
  id: string
  chainId: bigint
  collectionId: string
  assetId: string
  tokenId: bigint
  /** Life of the asset that it speaks of (docs/decisions/incarnations.md). */
  incarnation: number
  emitter: string
  authority: Authority
  /** keccak256 of the prompt bytes. */
  promptHash: string
  /** The prompt itself, once a claim's log, transaction or contract told it: a text with that hash. */
  prompt: string | null
  /** keccak256 of the generated data; null when no log told it. */
  outputHash: string | null
  /** Commitment to the model's weights and program; ERC-7007 logs carry none. */
  modelId: string | null
  /** keccak256 of the proof bytes; null when none was given (ERC-7007 opML may log an empty proof). */
  proofHash: string | null
  /** 0 validity (zkML), 1 fraud (opML), 2 TEE, 3 signed attestation. */
  proofType: number | null
  proofURI: string | null
  verifier: string | null
  /** Unix seconds: optimistic until then; null when final at once. Passive: computed against a time, never a flag. */
  challengeDeadline: bigint | null
  status: GenerationStatus
  invalidationReason: string | null
  /** Event key of the first claim (AigcData, or the Update) of the present content; null when only a verification was seen. */
  claimId: string | null
  claimedAt: Date | null
  verificationId: string | null
  invalidationId: string | null
  /** Event key of the ERC-7007 Update that replaced this record's content; null while it is current. */
  supersededId: string | null
  updatedAt: Date
}>

/** Which generation a proof speaks for: an invalidation names only the proof. State. */
export type GenerationProofRow = Readonly<{
  /** <assetId>-<proofHash>, with -<emitter> behind it for unverified claims */
  id: string
  generationId: string
  /** That of the generation. */
  incarnation: number
}>

/** The current generation of an asset, so that an Update knows what it replaces; and of a prompt that an earlier life had, the latest. State. */
export type GenerationHeadRow = Readonly<{
  /** <assetId>, or <assetId>-<promptHash>, with -<emitter> behind it for unverified claims */
  id: string
  generationId: string
  /** That of the generation. */
  incarnation: number
}>

/** One generation log. Fact. */
export type GenerationEventRow = Readonly<{
  id: string
  chainId: bigint
  blockNumber: number
  logIndex: number
  timestamp: Date
  transactionHash: string
  emitter: string
  standard: string
  authority: Authority
  collectionId: string
  assetId: string
  tokenId: bigint
  /** Life of the asset that it speaks of. */
  incarnation: number
  kind: GenerationEventKind
  /** Null when an invalidation names a proof that nothing told of. */
  generationId: string | null
  promptHash: string | null
  /** Claims only: the prompt, where it could be had. */
  prompt: string | null
  /** log, input (of the transaction), call (of the contract), or unknown: and why; null where nobody looked. */
  promptSource: string | null
  outputHash: string | null
  modelId: string | null
  proofHash: string | null
  proofType: number | null
  proofURI: string | null
  verifier: string | null
  challengeDeadline: bigint | null
  reason: string | null
}>

/** A grant to use an asset. State: terms are fixed by the grant, holder and revocation follow later logs. */
export type LicenseRow = Readonly<{
  /** <chainId>-<emitter>-<licenseId>, with -<incarnation> behind it where a grant of an earlier life of the asset has that */
  id: string
  chainId: bigint
  emitter: string
  authority: Authority
  standard: string
  licenseId: bigint
  collectionId: string
  assetId: string
  tokenId: bigint
  /** Life of the asset that it was granted for (docs/decisions/incarnations.md). */
  incarnation: number
  licensor: string
  /** Present holder; of a licence that is held by whoever owns a token, the first one. */
  licensee: string
  /** Asset.id of the token whose owner holds it; null: licensee does. */
  heldByAssetId: string | null
  /** License.id of the parent; null for a root. The parent may be unknown. */
  parentId: string | null
  /** Who may revoke; null: irrevocable. */
  revoker: string | null
  /** Unix seconds, inclusive. */
  startTime: bigint
  /** Unix seconds, inclusive; null: perpetual. */
  expiry: bigint | null
  /** Null with price: not told. */
  currency: string | null
  /** Total paid for the grant; null: not told. */
  price: bigint | null
  /** 0 non-exclusive, 1 exclusive, 2 sole (ERC-5635 order). */
  exclusivity: number
  sublicensable: boolean
  transferable: boolean
  termsHash: string | null
  termsURI: string | null
  /** LicenseTerms.id of registered terms that it is under. */
  termsRef: string | null
  /** What it permits in the words of the contract, a JSON array of text (ERC-5585). */
  rights: string | null
  /** What it was granted in place of: LicenseSlot.id; null: nothing else. */
  slotRef: string | null
  grantId: string
  grantedAt: Date
  /** Unix seconds from which the revocation holds; null while not revoked. Ancestors' revocations are not copied here. */
  revokedFrom: bigint | null
  revokedBy: string | null
  revocationReason: string | null
  revocationId: string | null
  /** Unix second of the block in which it was used up; null while it is not. */
  exercisedAt: bigint | null
  exerciseId: string | null
  lastEventId: string
}>

/** Which licence is in a place where its emitter holds one at a time (ERC-4907: the user of a token); and which has a number that several lives of an asset were granted. State. */
export type LicenseSlotRow = Readonly<{
  /** <chainId>-<emitter>-<slot> */
  id: string
  licenseRef: string
}>

/** Terms that a template contract registered. State; they never change. */
export type LicenseTermsRow = Readonly<{
  /** <chainId>-<template>-<number> */
  id: string
  chainId: bigint
  /** The template contract. */
  emitter: string
  standard: string
  termsId: bigint
  termsHash: string
  termsURI: string | null
  currency: string | null
  /** What a licence costs when nothing else is agreed. */
  price: bigint | null
  /** Share of revenue owed, out of 10 000. */
  royaltyBps: number | null
  /** Seconds that a derivative may be used; null: without end, or not told. */
  duration: bigint | null
  transferable: boolean | null
  commercialUse: boolean | null
  derivativesAllowed: boolean | null
  registrationId: string
}>

/** One licence log. Fact. */
export type LicenseEventRow = Readonly<{
  id: string
  chainId: bigint
  blockNumber: number
  logIndex: number
  timestamp: Date
  transactionHash: string
  emitter: string
  standard: string
  authority: Authority
  kind: LicenseEventKind
  /** License.id; null where terms are registered or attached, and where a revocation names an empty slot. */
  licenseRef: string | null
  /** LicenseTerms.id of the terms that it is about. */
  termsRef: string | null
  /** Null when a log names a licence that no grant told of. */
  collectionId: string | null
  assetId: string | null
  tokenId: bigint | null
  /** Life of the asset that it speaks of; null with assetId. */
  incarnation: number | null
  /** granted: licensor; transferred: previous holder as logged; revoked: who revoked. */
  from: string | null
  /** granted and transferred: new holder. */
  to: string | null
  /** revoked: unix seconds from which it holds. */
  effectiveAt: bigint | null
  reason: string | null
  /** False when the log changed nothing; note says why: duplicate_grant, unknown_license, already_revoked, already_expired, already_exercised, duplicate_terms, not_vouched_for. */
  applied: boolean
  note: string | null
}>

/** Money that a log says was paid for an asset; or the royalty among the parts of a sale, in its place. Fact. */
export type RoyaltyPaymentRow = Readonly<{
  id: string
  chainId: bigint
  blockNumber: number
  logIndex: number
  timestamp: Date
  transactionHash: string
  emitter: string
  standard: string
  authority: Authority
  collectionId: string
  assetId: string
  tokenId: bigint
  payer: string
  recipient: string
  currency: string
  /** Before deductions; null when the log does not tell. */
  gross: bigint | null
  /** Net: what the recipient received. */
  amount: bigint
  /** Sale price or revenue it was computed from; null when unknown. */
  basis: bigint | null
  /** 0 sale royalty, 1 licence fee, 2 derivative share, 3 other. */
  kind: number
  /** License.id it was paid for. */
  licenseRef: string | null
  /** Marketplace order hash. */
  saleRef: string | null
  /** Sale.id of the sale that it is a part of; null for what a log of its own told. */
  saleId: string | null
  /** Whether the asset's share of a royalty for several assets was reckoned by us: the sale has one price. */
  isEstimate: boolean
  /** What the recipient is; null: neither the log nor the operator says. */
  role: RecipientRole | null
}>

/** A contract said who is due what of a sale of its tokens, or a registry said which contract tells that. Fact. */
export type RoyaltyTermsChangeRow = Readonly<{
  id: string
  chainId: bigint
  blockNumber: number
  logIndex: number
  timestamp: Date
  transactionHash: string
  emitter: string
  standard: string
  authority: Authority
  /** Whose terms they are: a collection, or a contract that collections are sent to. */
  collectionId: string
  /** Null: of all tokens that have no terms of their own. */
  assetId: string | null
  /** Rows of RoyaltyTermsShare; 0 with movedTo null: these terms are taken away. */
  shareCount: number
  /** The collection's terms are told by this contract from here on; the zero address: by itself. Null: nothing said of that. */
  movedTo: string | null
}>

/** Who is due how much. Part of a RoyaltyTermsChange: its key is the change's and a number. */
export type RoyaltyTermsShareRow = Readonly<{
  id: string
  chainId: bigint
  /** RoyaltyTermsChange.id */
  termsId: string
  recipient: string
  /** Out of 100 000 000 of the price, so that shares of a share are exact. */
  parts: bigint
  role: RecipientRole | null
}>

/** Who shares what a split contract is paid (0xSplits). Fact. */
export type SplitChangeRow = Readonly<{
  id: string
  chainId: bigint
  blockNumber: number
  logIndex: number
  timestamp: Date
  transactionHash: string
  emitter: string
  standard: string
  authority: Authority
  split: string
  kind: SplitChangeKind
  /** How the shares are known: log, input (of the transaction, proven by the hash that the protocol stores), or unknown: <why>. */
  source: string
  /** Rows of SplitShare. */
  shareCount: number
  /** What all allocations are parts of. */
  totalAllocation: bigint
  /** What whoever distributes may keep first, out of 1 000 000. */
  distributorFee: number
  /** Who may change it; null: nobody, or not told. */
  controller: string | null
}>

/** A recipient of a split. Part of a SplitChange: its key is the change's and a number. */
export type SplitShareRow = Readonly<{
  id: string
  chainId: bigint
  /** SplitChange.id */
  changeId: string
  recipient: string
  /** Out of totalAllocation of the change. */
  allocation: bigint
  role: RecipientRole | null
}>

/** A split paid out what it had of a currency. Fact. */
export type SplitDistributionRow = Readonly<{
  id: string
  chainId: bigint
  blockNumber: number
  logIndex: number
  timestamp: Date
  transactionHash: string
  emitter: string
  standard: string
  authority: Authority
  split: string
  currency: string
  /** Before the fee of whoever distributed it. */
  amount: bigint
  distributor: string
}>

/** A trade of tokens through a marketplace, however many logs tell it. Fact: at the log of the order that has its price. */
export type SaleRow = Readonly<{
  id: string
  chainId: bigint
  blockNumber: number
  logIndex: number
  timestamp: Date
  transactionHash: string
  /** Sender of the transaction: buyer and seller may be contracts that act for others. */
  transactionFrom: string | null
  emitter: string
  standard: string
  authority: Authority
  kind: SaleKind
  seller: string
  buyer: string
  /** Sum of the parts (INV-6). Null unless kind is priced: none is made up. */
  price: bigint | null
  currency: string | null
  itemCount: number
  /** Whether the logs tell who got how much. */
  partsKnown: boolean
  /** Hash of the order that has the price. */
  orderRef: string | null
}>

/** A token that a sale moved. Part of a sale: its key is the sale's and a number. */
export type SaleItemRow = Readonly<{
  id: string
  chainId: bigint
  saleId: string
  collectionId: string
  assetId: string
  tokenId: bigint
  /** ERC-1155: how many of the id. */
  amount: bigint
  from: string
  to: string
}>

/** Who got how much of a sale's price. Part of a sale: its key is the sale's and a number. */
export type SalePaymentRow = Readonly<{
  id: string
  chainId: bigint
  saleId: string
  recipient: string
  currency: string
  amount: bigint
  part: SalePart
  /** How the part is known; null: it is not. */
  evidence: PartEvidence | null
  /** What the recipient is; null: the operator does not say. */
  role: RecipientRole | null
}>

/** What the contract of a sold token answered when it was asked what is due of the price (ERC-2981). Part of a sale: its key is the sale's and a number. */
export type RoyaltyDueRow = Readonly<{
  id: string
  chainId: bigint
  saleId: string
  assetId: string
  /** The part of the price that it was asked about: an equal share where several tokens were sold. */
  basis: bigint
  /** By the state after the block of the sale; null with the amount: nothing is due, or it is not known. */
  recipient: string | null
  amount: bigint | null
  /** By the state before the block, where that is another answer. */
  parentRecipient: string | null
  parentAmount: bigint | null
  /** call; ambiguous: the answers before and after the block differ; invalid: more than the price; none: <why> or unknown: <why> */
  source: string
}>

/** An order log that tells of a sale: the two sides of a match are two. Part of a sale: its key is the sale's and a number. */
export type SaleOrderRow = Readonly<{
  id: string
  chainId: bigint
  saleId: string
  orderRef: string
  maker: string
  orderLogIndex: number
}>

/** One edge from a parent asset to what was made from it. Fact. */
export type DerivativeRow = Readonly<{
  id: string
  chainId: bigint
  blockNumber: number
  logIndex: number
  timestamp: Date
  transactionHash: string
  emitter: string
  standard: string
  authority: Authority
  /** Null with the two below where the parent is no token but content: see parentContent. */
  parentCollectionId: string | null
  parentAssetId: string | null
  parentTokenId: bigint | null
  /** Hash of a data set, model or other content that is no token. */
  parentContent: string | null
  childCollectionId: string
  childAssetId: string
  childTokenId: bigint
  /** License.id that was exercised; null: the owner's own work. */
  licenseRef: string | null
  /** Out of 10 000. */
  royaltyBps: number
  /** 0 derivative, 1 reproduction, 2 clone, 3 model fine-tune or training. */
  relation: number
}>

/** The code behind a contract changed, or who may change it. Fact. */
export type ContractUpgradeRow = Readonly<{
  id: string
  chainId: bigint
  blockNumber: number
  logIndex: number
  timestamp: Date
  transactionHash: string
  collectionId: string
  address: string
  kind: ContractChangeKind
  /** upgraded only. */
  implementation: string | null
  /** Null: the first one that was seen. */
  previousImplementation: string | null
  /** beaconChanged only. */
  beacon: string | null
  /** adminChanged only. */
  admin: string | null
  previousAdmin: string | null
  /** facetsChanged only: JSON array of {facet, action, selectors}. */
  facets: string | null
}>

/** A token was locked or unlocked. Fact; the last one tells. */
export type TokenLockRow = Readonly<{
  id: string
  chainId: bigint
  blockNumber: number
  logIndex: number
  timestamp: Date
  transactionHash: string
  collectionId: string
  standard: string
  assetId: string
  tokenId: bigint
  locked: boolean
}>

/** An account was bound to a token (ERC-6551). Fact. */
export type AccountBindingRow = Readonly<{
  id: string
  chainId: bigint
  blockNumber: number
  logIndex: number
  timestamp: Date
  transactionHash: string
  emitter: string
  standard: string
  /** self: the address of the account is derived from the token, so it proves itself. */
  authority: Authority
  account: string
  implementation: string | null
  /** Of the token: perhaps on another chain, whose id the keys begin with. */
  collectionId: string
  assetId: string
  tokenChainId: bigint
  tokenId: bigint
}>

/** Which token an account belongs to, as somebody told who can be believed. State; the first one stands. */
export type TokenAccountRow = Readonly<{
  /** <chainId>-<account> */
  id: string
  chainId: bigint
  account: string
  collectionId: string
  assetId: string
  bindingId: string
}>

/** Somebody wrote down on chain what content is. Fact. */
export type MetadataCommitRow = Readonly<{
  id: string
  chainId: bigint
  blockNumber: number
  logIndex: number
  timestamp: Date
  transactionHash: string
  emitter: string
  standard: string
  authority: Authority
  /** Null: the log names no asset (ERC-7053). */
  collectionId: string | null
  assetId: string | null
  tokenId: bigint | null
  /** Who committed. */
  by: string
  contentHash: string | null
  /** keccak256 of the content identifier. */
  cidHash: string | null
  uri: string | null
  note: string | null
}>

/** What somebody vouches for. State: the last word under its uid, and whether it was taken back. */
export type AttestationRow = Readonly<{
  /** <chainId>-<emitter>-<uid> */
  id: string
  chainId: bigint
  emitter: string
  /** Whether the operator believes the registry's logs; whom to believe among attesters is the reader's to say. */
  authority: Authority
  standard: string
  uid: string
  attester: string
  /** Contract or account that it is about; null: not told by the log. */
  subject: string | null
  /** When it is about one token of subject. */
  assetId: string | null
  tokenId: bigint | null
  schema: string | null
  /** Unix seconds, inclusive; null: without end, or not told. */
  expiry: bigint | null
  /** 0 to 100. */
  score: number | null
  tag: string | null
  contentHash: string | null
  uri: string | null
  /** What is attested, hex, encoded as its schema says; by call, as dataSource says. */
  data: string | null
  /** call, or unknown: <why>; null where the log tells all there is. */
  dataSource: string | null
  refUid: string | null
  revocable: boolean | null
  attestedAt: Date
  attestationId: string
  revokedAt: Date | null
  revocationId: string | null
  lastEventId: string
}>

/** One attestation log. Fact. */
export type AttestationEventRow = Readonly<{
  id: string
  chainId: bigint
  blockNumber: number
  logIndex: number
  timestamp: Date
  transactionHash: string
  emitter: string
  standard: string
  authority: Authority
  kind: AttestationEventKind
  /** Attestation.id */
  attestationRef: string
  subject: string | null
  assetId: string | null
  tokenId: bigint | null
  /** made: the attester; revoked: who took it back. */
  by: string
  /** With all below up to applied, of made only: its words, which a later one under the same uid replaces in Attestation. */
  schema: string | null
  expiry: bigint | null
  score: number | null
  tag: string | null
  contentHash: string | null
  uri: string | null
  data: string | null
  dataSource: string | null
  refUid: string | null
  revocable: boolean | null
  /** False when the log changed nothing; note says why: unknown_attestation, already_revoked, not_the_attester. */
  applied: boolean
  note: string | null
}>

/** An oracle was asked for a generation, or answered. It names the contract that asked and not the token: prompt and output hashes are what joins it to one. Fact. */
export type OracleEventRow = Readonly<{
  id: string
  chainId: bigint
  blockNumber: number
  logIndex: number
  timestamp: Date
  transactionHash: string
  emitter: string
  standard: string
  authority: Authority
  kind: OracleEventKind
  /** <chainId>-<emitter>-<requestId> */
  requestRef: string
  requestId: bigint
  /** requested: whom the answer goes to; answered: who gave it. */
  requester: string
  modelId: string | null
  /** keccak256 of the input. */
  inputHash: string | null
  /** The input, where it is text. */
  input: string | null
  /** keccak256 of the output. */
  outputHash: string | null
}>

/** A log that matched a standard's topic but could not be decoded (INV-2). Fact. */
export type DecodeFailureRow = Readonly<{
  id: string
  chainId: bigint
  blockNumber: number
  logIndex: number
  timestamp: Date
  transactionHash: string
  address: string
  topic0: string
  topicCount: number
  dataBytes: number
  /** Event signature it was taken for. */
  signature: string
  /** Machine-readable: unknown_layout, malformed, out_of_range, text_invalid, too_large. */
  reason: string
  detail: string
}>

/** A stake was put behind an asset or something else. Fact. */
export type StakeAllocationRow = Readonly<{
  id: string
  chainId: bigint
  blockNumber: number
  logIndex: number
  timestamp: Date
  transactionHash: string
  emitter: string
  standard: string
  authority: Authority
  /** Null with assetId and tokenId: behind no asset. */
  collectionId: string | null
  assetId: string | null
  tokenId: bigint | null
  staker: string
  /** For whom; null: not told. */
  beneficiary: string | null
  currency: string
  amount: bigint
  /** What it is for, in the contract's words. */
  purpose: string | null
}>

/** Within one transaction, one event explains another. Its key is the effect's place, with a sub index of its own. Fact. */
export type EventLinkRow = Readonly<{
  id: string
  chainId: bigint
  blockNumber: number
  logIndex: number
  timestamp: Date
  transactionHash: string
  emitter: string
  standard: string
  /** That of the effect; what nobody vouches for is never a cause. */
  authority: Authority
  relation: LinkRelation
  /** Event key. */
  effectId: string
  /** The table it is in. */
  effectTable: string
  /** Event key. */
  causeId: string
  /** The table it is in. */
  causeTable: string
}>

/** A configured factory created a contract. Fact. */
export type ContractCreationRow = Readonly<{
  id: string
  chainId: bigint
  blockNumber: number
  logIndex: number
  timestamp: Date
  transactionHash: string
  emitter: string
  standard: string
  collectionId: string
  address: string
}>

/** A contract that a configured factory created: indexed from the block of its creation on. State. */
export type FactoryContractRow = Readonly<{
  /** <chainId>-<address> */
  id: string
  chainId: bigint
  address: string
  factory: string
  /** Number of the block. */
  createdIn: number
  creationId: string
}>

/** Every stored table by its entity name. */
export type Rows = {
  Block: BlockRow
  Collection: CollectionRow
  Asset: AssetRow
  Balance: BalanceRow
  Transfer: TransferRow
  RangeTransfer: RangeTransferRow
  MetadataChange: MetadataChangeRow
  Generation: GenerationRow
  GenerationProof: GenerationProofRow
  GenerationHead: GenerationHeadRow
  GenerationEvent: GenerationEventRow
  License: LicenseRow
  LicenseSlot: LicenseSlotRow
  LicenseTerms: LicenseTermsRow
  LicenseEvent: LicenseEventRow
  RoyaltyPayment: RoyaltyPaymentRow
  RoyaltyTermsChange: RoyaltyTermsChangeRow
  RoyaltyTermsShare: RoyaltyTermsShareRow
  SplitChange: SplitChangeRow
  SplitShare: SplitShareRow
  SplitDistribution: SplitDistributionRow
  Sale: SaleRow
  SaleItem: SaleItemRow
  SalePayment: SalePaymentRow
  RoyaltyDue: RoyaltyDueRow
  SaleOrder: SaleOrderRow
  Derivative: DerivativeRow
  ContractUpgrade: ContractUpgradeRow
  TokenLock: TokenLockRow
  AccountBinding: AccountBindingRow
  TokenAccount: TokenAccountRow
  MetadataCommit: MetadataCommitRow
  Attestation: AttestationRow
  AttestationEvent: AttestationEventRow
  OracleEvent: OracleEventRow
  DecodeFailure: DecodeFailureRow
  StakeAllocation: StakeAllocationRow
  EventLink: EventLinkRow
  ContractCreation: ContractCreationRow
  FactoryContract: FactoryContractRow
}

export type TableName = keyof Rows

export type ColumnType = 'text' | 'int4' | 'numeric' | 'bool' | 'timestamptz'

export type Column = Readonly<{field: string; column: string; type: ColumnType}>

/** Table and column names as the migrations make them (TypeORM's snake case). */
export const TABLES: Readonly<Record<TableName, {readonly table: string; readonly columns: readonly Column[]}>> = {
  Block: {
    table: 'block',
    columns: [
      {field: 'id', column: 'id', type: 'text'},
      {field: 'chainId', column: 'chain_id', type: 'numeric'},
      {field: 'number', column: 'number', type: 'int4'},
      {field: 'hash', column: 'hash', type: 'text'},
      {field: 'timestamp', column: 'timestamp', type: 'timestamptz'},
    ],
  },
  Collection: {
    table: 'collection',
    columns: [
      {field: 'id', column: 'id', type: 'text'},
      {field: 'chainId', column: 'chain_id', type: 'numeric'},
      {field: 'address', column: 'address', type: 'text'},
      {field: 'standard', column: 'standard', type: 'text'},
      {field: 'implementation', column: 'implementation', type: 'text'},
      {field: 'beacon', column: 'beacon', type: 'text'},
      {field: 'admin', column: 'admin', type: 'text'},
      {field: 'firstEventId', column: 'first_event_id', type: 'text'},
      {field: 'firstEventAt', column: 'first_event_at', type: 'timestamptz'},
      {field: 'assetCount', column: 'asset_count', type: 'numeric'},
      {field: 'transferCount', column: 'transfer_count', type: 'numeric'},
    ],
  },
  Asset: {
    table: 'asset',
    columns: [
      {field: 'id', column: 'id', type: 'text'},
      {field: 'chainId', column: 'chain_id', type: 'numeric'},
      {field: 'collectionId', column: 'collection_id', type: 'text'},
      {field: 'tokenId', column: 'token_id', type: 'numeric'},
      {field: 'standard', column: 'standard', type: 'text'},
      {field: 'owner', column: 'owner', type: 'text'},
      {field: 'creator', column: 'creator', type: 'text'},
      {field: 'incarnation', column: 'incarnation', type: 'int4'},
      {field: 'mintId', column: 'mint_id', type: 'text'},
      {field: 'mintedAt', column: 'minted_at', type: 'timestamptz'},
      {field: 'burnId', column: 'burn_id', type: 'text'},
      {field: 'burnedAt', column: 'burned_at', type: 'timestamptz'},
      {field: 'transferCount', column: 'transfer_count', type: 'int4'},
      {field: 'supply', column: 'supply', type: 'numeric'},
      {field: 'lastTransferId', column: 'last_transfer_id', type: 'text'},
    ],
  },
  Balance: {
    table: 'balance',
    columns: [
      {field: 'id', column: 'id', type: 'text'},
      {field: 'chainId', column: 'chain_id', type: 'numeric'},
      {field: 'collectionId', column: 'collection_id', type: 'text'},
      {field: 'assetId', column: 'asset_id', type: 'text'},
      {field: 'account', column: 'account', type: 'text'},
      {field: 'amount', column: 'amount', type: 'numeric'},
      {field: 'lastTransferId', column: 'last_transfer_id', type: 'text'},
    ],
  },
  Transfer: {
    table: 'transfer',
    columns: [
      {field: 'id', column: 'id', type: 'text'},
      {field: 'chainId', column: 'chain_id', type: 'numeric'},
      {field: 'blockNumber', column: 'block_number', type: 'int4'},
      {field: 'logIndex', column: 'log_index', type: 'int4'},
      {field: 'timestamp', column: 'timestamp', type: 'timestamptz'},
      {field: 'transactionHash', column: 'transaction_hash', type: 'text'},
      {field: 'transactionFrom', column: 'transaction_from', type: 'text'},
      {field: 'collectionId', column: 'collection_id', type: 'text'},
      {field: 'assetId', column: 'asset_id', type: 'text'},
      {field: 'tokenId', column: 'token_id', type: 'numeric'},
      {field: 'from', column: 'from', type: 'text'},
      {field: 'to', column: 'to', type: 'text'},
      {field: 'amount', column: 'amount', type: 'numeric'},
      {field: 'operator', column: 'operator', type: 'text'},
      {field: 'incarnation', column: 'incarnation', type: 'int4'},
      {field: 'ordinal', column: 'ordinal', type: 'int4'},
      {field: 'previousOwner', column: 'previous_owner', type: 'text'},
      {field: 'owner', column: 'owner', type: 'text'},
    ],
  },
  RangeTransfer: {
    table: 'range_transfer',
    columns: [
      {field: 'id', column: 'id', type: 'text'},
      {field: 'chainId', column: 'chain_id', type: 'numeric'},
      {field: 'blockNumber', column: 'block_number', type: 'int4'},
      {field: 'logIndex', column: 'log_index', type: 'int4'},
      {field: 'timestamp', column: 'timestamp', type: 'timestamptz'},
      {field: 'transactionHash', column: 'transaction_hash', type: 'text'},
      {field: 'transactionFrom', column: 'transaction_from', type: 'text'},
      {field: 'collectionId', column: 'collection_id', type: 'text'},
      {field: 'fromTokenId', column: 'from_token_id', type: 'numeric'},
      {field: 'toTokenId', column: 'to_token_id', type: 'numeric'},
      {field: 'from', column: 'from', type: 'text'},
      {field: 'to', column: 'to', type: 'text'},
    ],
  },
  MetadataChange: {
    table: 'metadata_change',
    columns: [
      {field: 'id', column: 'id', type: 'text'},
      {field: 'chainId', column: 'chain_id', type: 'numeric'},
      {field: 'blockNumber', column: 'block_number', type: 'int4'},
      {field: 'logIndex', column: 'log_index', type: 'int4'},
      {field: 'timestamp', column: 'timestamp', type: 'timestamptz'},
      {field: 'transactionHash', column: 'transaction_hash', type: 'text'},
      {field: 'collectionId', column: 'collection_id', type: 'text'},
      {field: 'standard', column: 'standard', type: 'text'},
      {field: 'scope', column: 'scope', type: 'text'},
      {field: 'assetId', column: 'asset_id', type: 'text'},
      {field: 'fromTokenId', column: 'from_token_id', type: 'numeric'},
      {field: 'toTokenId', column: 'to_token_id', type: 'numeric'},
      {field: 'uri', column: 'uri', type: 'text'},
    ],
  },
  Generation: {
    table: 'generation',
    columns: [
      {field: 'id', column: 'id', type: 'text'},
      {field: 'chainId', column: 'chain_id', type: 'numeric'},
      {field: 'collectionId', column: 'collection_id', type: 'text'},
      {field: 'assetId', column: 'asset_id', type: 'text'},
      {field: 'tokenId', column: 'token_id', type: 'numeric'},
      {field: 'incarnation', column: 'incarnation', type: 'int4'},
      {field: 'emitter', column: 'emitter', type: 'text'},
      {field: 'authority', column: 'authority', type: 'text'},
      {field: 'promptHash', column: 'prompt_hash', type: 'text'},
      {field: 'prompt', column: 'prompt', type: 'text'},
      {field: 'outputHash', column: 'output_hash', type: 'text'},
      {field: 'modelId', column: 'model_id', type: 'text'},
      {field: 'proofHash', column: 'proof_hash', type: 'text'},
      {field: 'proofType', column: 'proof_type', type: 'int4'},
      {field: 'proofURI', column: 'proof_uri', type: 'text'},
      {field: 'verifier', column: 'verifier', type: 'text'},
      {field: 'challengeDeadline', column: 'challenge_deadline', type: 'numeric'},
      {field: 'status', column: 'status', type: 'text'},
      {field: 'invalidationReason', column: 'invalidation_reason', type: 'text'},
      {field: 'claimId', column: 'claim_id', type: 'text'},
      {field: 'claimedAt', column: 'claimed_at', type: 'timestamptz'},
      {field: 'verificationId', column: 'verification_id', type: 'text'},
      {field: 'invalidationId', column: 'invalidation_id', type: 'text'},
      {field: 'supersededId', column: 'superseded_id', type: 'text'},
      {field: 'updatedAt', column: 'updated_at', type: 'timestamptz'},
    ],
  },
  GenerationProof: {
    table: 'generation_proof',
    columns: [
      {field: 'id', column: 'id', type: 'text'},
      {field: 'generationId', column: 'generation_id', type: 'text'},
      {field: 'incarnation', column: 'incarnation', type: 'int4'},
    ],
  },
  GenerationHead: {
    table: 'generation_head',
    columns: [
      {field: 'id', column: 'id', type: 'text'},
      {field: 'generationId', column: 'generation_id', type: 'text'},
      {field: 'incarnation', column: 'incarnation', type: 'int4'},
    ],
  },
  GenerationEvent: {
    table: 'generation_event',
    columns: [
      {field: 'id', column: 'id', type: 'text'},
      {field: 'chainId', column: 'chain_id', type: 'numeric'},
      {field: 'blockNumber', column: 'block_number', type: 'int4'},
      {field: 'logIndex', column: 'log_index', type: 'int4'},
      {field: 'timestamp', column: 'timestamp', type: 'timestamptz'},
      {field: 'transactionHash', column: 'transaction_hash', type: 'text'},
      {field: 'emitter', column: 'emitter', type: 'text'},
      {field: 'standard', column: 'standard', type: 'text'},
      {field: 'authority', column: 'authority', type: 'text'},
      {field: 'collectionId', column: 'collection_id', type: 'text'},
      {field: 'assetId', column: 'asset_id', type: 'text'},
      {field: 'tokenId', column: 'token_id', type: 'numeric'},
      {field: 'incarnation', column: 'incarnation', type: 'int4'},
      {field: 'kind', column: 'kind', type: 'text'},
      {field: 'generationId', column: 'generation_id', type: 'text'},
      {field: 'promptHash', column: 'prompt_hash', type: 'text'},
      {field: 'prompt', column: 'prompt', type: 'text'},
      {field: 'promptSource', column: 'prompt_source', type: 'text'},
      {field: 'outputHash', column: 'output_hash', type: 'text'},
      {field: 'modelId', column: 'model_id', type: 'text'},
      {field: 'proofHash', column: 'proof_hash', type: 'text'},
      {field: 'proofType', column: 'proof_type', type: 'int4'},
      {field: 'proofURI', column: 'proof_uri', type: 'text'},
      {field: 'verifier', column: 'verifier', type: 'text'},
      {field: 'challengeDeadline', column: 'challenge_deadline', type: 'numeric'},
      {field: 'reason', column: 'reason', type: 'text'},
    ],
  },
  License: {
    table: 'license',
    columns: [
      {field: 'id', column: 'id', type: 'text'},
      {field: 'chainId', column: 'chain_id', type: 'numeric'},
      {field: 'emitter', column: 'emitter', type: 'text'},
      {field: 'authority', column: 'authority', type: 'text'},
      {field: 'standard', column: 'standard', type: 'text'},
      {field: 'licenseId', column: 'license_id', type: 'numeric'},
      {field: 'collectionId', column: 'collection_id', type: 'text'},
      {field: 'assetId', column: 'asset_id', type: 'text'},
      {field: 'tokenId', column: 'token_id', type: 'numeric'},
      {field: 'incarnation', column: 'incarnation', type: 'int4'},
      {field: 'licensor', column: 'licensor', type: 'text'},
      {field: 'licensee', column: 'licensee', type: 'text'},
      {field: 'heldByAssetId', column: 'held_by_asset_id', type: 'text'},
      {field: 'parentId', column: 'parent_id', type: 'text'},
      {field: 'revoker', column: 'revoker', type: 'text'},
      {field: 'startTime', column: 'start_time', type: 'numeric'},
      {field: 'expiry', column: 'expiry', type: 'numeric'},
      {field: 'currency', column: 'currency', type: 'text'},
      {field: 'price', column: 'price', type: 'numeric'},
      {field: 'exclusivity', column: 'exclusivity', type: 'int4'},
      {field: 'sublicensable', column: 'sublicensable', type: 'bool'},
      {field: 'transferable', column: 'transferable', type: 'bool'},
      {field: 'termsHash', column: 'terms_hash', type: 'text'},
      {field: 'termsURI', column: 'terms_uri', type: 'text'},
      {field: 'termsRef', column: 'terms_ref', type: 'text'},
      {field: 'rights', column: 'rights', type: 'text'},
      {field: 'slotRef', column: 'slot_ref', type: 'text'},
      {field: 'grantId', column: 'grant_id', type: 'text'},
      {field: 'grantedAt', column: 'granted_at', type: 'timestamptz'},
      {field: 'revokedFrom', column: 'revoked_from', type: 'numeric'},
      {field: 'revokedBy', column: 'revoked_by', type: 'text'},
      {field: 'revocationReason', column: 'revocation_reason', type: 'text'},
      {field: 'revocationId', column: 'revocation_id', type: 'text'},
      {field: 'exercisedAt', column: 'exercised_at', type: 'numeric'},
      {field: 'exerciseId', column: 'exercise_id', type: 'text'},
      {field: 'lastEventId', column: 'last_event_id', type: 'text'},
    ],
  },
  LicenseSlot: {
    table: 'license_slot',
    columns: [
      {field: 'id', column: 'id', type: 'text'},
      {field: 'licenseRef', column: 'license_ref', type: 'text'},
    ],
  },
  LicenseTerms: {
    table: 'license_terms',
    columns: [
      {field: 'id', column: 'id', type: 'text'},
      {field: 'chainId', column: 'chain_id', type: 'numeric'},
      {field: 'emitter', column: 'emitter', type: 'text'},
      {field: 'standard', column: 'standard', type: 'text'},
      {field: 'termsId', column: 'terms_id', type: 'numeric'},
      {field: 'termsHash', column: 'terms_hash', type: 'text'},
      {field: 'termsURI', column: 'terms_uri', type: 'text'},
      {field: 'currency', column: 'currency', type: 'text'},
      {field: 'price', column: 'price', type: 'numeric'},
      {field: 'royaltyBps', column: 'royalty_bps', type: 'int4'},
      {field: 'duration', column: 'duration', type: 'numeric'},
      {field: 'transferable', column: 'transferable', type: 'bool'},
      {field: 'commercialUse', column: 'commercial_use', type: 'bool'},
      {field: 'derivativesAllowed', column: 'derivatives_allowed', type: 'bool'},
      {field: 'registrationId', column: 'registration_id', type: 'text'},
    ],
  },
  LicenseEvent: {
    table: 'license_event',
    columns: [
      {field: 'id', column: 'id', type: 'text'},
      {field: 'chainId', column: 'chain_id', type: 'numeric'},
      {field: 'blockNumber', column: 'block_number', type: 'int4'},
      {field: 'logIndex', column: 'log_index', type: 'int4'},
      {field: 'timestamp', column: 'timestamp', type: 'timestamptz'},
      {field: 'transactionHash', column: 'transaction_hash', type: 'text'},
      {field: 'emitter', column: 'emitter', type: 'text'},
      {field: 'standard', column: 'standard', type: 'text'},
      {field: 'authority', column: 'authority', type: 'text'},
      {field: 'kind', column: 'kind', type: 'text'},
      {field: 'licenseRef', column: 'license_ref', type: 'text'},
      {field: 'termsRef', column: 'terms_ref', type: 'text'},
      {field: 'collectionId', column: 'collection_id', type: 'text'},
      {field: 'assetId', column: 'asset_id', type: 'text'},
      {field: 'tokenId', column: 'token_id', type: 'numeric'},
      {field: 'incarnation', column: 'incarnation', type: 'int4'},
      {field: 'from', column: 'from', type: 'text'},
      {field: 'to', column: 'to', type: 'text'},
      {field: 'effectiveAt', column: 'effective_at', type: 'numeric'},
      {field: 'reason', column: 'reason', type: 'text'},
      {field: 'applied', column: 'applied', type: 'bool'},
      {field: 'note', column: 'note', type: 'text'},
    ],
  },
  RoyaltyPayment: {
    table: 'royalty_payment',
    columns: [
      {field: 'id', column: 'id', type: 'text'},
      {field: 'chainId', column: 'chain_id', type: 'numeric'},
      {field: 'blockNumber', column: 'block_number', type: 'int4'},
      {field: 'logIndex', column: 'log_index', type: 'int4'},
      {field: 'timestamp', column: 'timestamp', type: 'timestamptz'},
      {field: 'transactionHash', column: 'transaction_hash', type: 'text'},
      {field: 'emitter', column: 'emitter', type: 'text'},
      {field: 'standard', column: 'standard', type: 'text'},
      {field: 'authority', column: 'authority', type: 'text'},
      {field: 'collectionId', column: 'collection_id', type: 'text'},
      {field: 'assetId', column: 'asset_id', type: 'text'},
      {field: 'tokenId', column: 'token_id', type: 'numeric'},
      {field: 'payer', column: 'payer', type: 'text'},
      {field: 'recipient', column: 'recipient', type: 'text'},
      {field: 'currency', column: 'currency', type: 'text'},
      {field: 'gross', column: 'gross', type: 'numeric'},
      {field: 'amount', column: 'amount', type: 'numeric'},
      {field: 'basis', column: 'basis', type: 'numeric'},
      {field: 'kind', column: 'kind', type: 'int4'},
      {field: 'licenseRef', column: 'license_ref', type: 'text'},
      {field: 'saleRef', column: 'sale_ref', type: 'text'},
      {field: 'saleId', column: 'sale_id', type: 'text'},
      {field: 'isEstimate', column: 'is_estimate', type: 'bool'},
      {field: 'role', column: 'role', type: 'text'},
    ],
  },
  RoyaltyTermsChange: {
    table: 'royalty_terms_change',
    columns: [
      {field: 'id', column: 'id', type: 'text'},
      {field: 'chainId', column: 'chain_id', type: 'numeric'},
      {field: 'blockNumber', column: 'block_number', type: 'int4'},
      {field: 'logIndex', column: 'log_index', type: 'int4'},
      {field: 'timestamp', column: 'timestamp', type: 'timestamptz'},
      {field: 'transactionHash', column: 'transaction_hash', type: 'text'},
      {field: 'emitter', column: 'emitter', type: 'text'},
      {field: 'standard', column: 'standard', type: 'text'},
      {field: 'authority', column: 'authority', type: 'text'},
      {field: 'collectionId', column: 'collection_id', type: 'text'},
      {field: 'assetId', column: 'asset_id', type: 'text'},
      {field: 'shareCount', column: 'share_count', type: 'int4'},
      {field: 'movedTo', column: 'moved_to', type: 'text'},
    ],
  },
  RoyaltyTermsShare: {
    table: 'royalty_terms_share',
    columns: [
      {field: 'id', column: 'id', type: 'text'},
      {field: 'chainId', column: 'chain_id', type: 'numeric'},
      {field: 'termsId', column: 'terms_id', type: 'text'},
      {field: 'recipient', column: 'recipient', type: 'text'},
      {field: 'parts', column: 'parts', type: 'numeric'},
      {field: 'role', column: 'role', type: 'text'},
    ],
  },
  SplitChange: {
    table: 'split_change',
    columns: [
      {field: 'id', column: 'id', type: 'text'},
      {field: 'chainId', column: 'chain_id', type: 'numeric'},
      {field: 'blockNumber', column: 'block_number', type: 'int4'},
      {field: 'logIndex', column: 'log_index', type: 'int4'},
      {field: 'timestamp', column: 'timestamp', type: 'timestamptz'},
      {field: 'transactionHash', column: 'transaction_hash', type: 'text'},
      {field: 'emitter', column: 'emitter', type: 'text'},
      {field: 'standard', column: 'standard', type: 'text'},
      {field: 'authority', column: 'authority', type: 'text'},
      {field: 'split', column: 'split', type: 'text'},
      {field: 'kind', column: 'kind', type: 'text'},
      {field: 'source', column: 'source', type: 'text'},
      {field: 'shareCount', column: 'share_count', type: 'int4'},
      {field: 'totalAllocation', column: 'total_allocation', type: 'numeric'},
      {field: 'distributorFee', column: 'distributor_fee', type: 'int4'},
      {field: 'controller', column: 'controller', type: 'text'},
    ],
  },
  SplitShare: {
    table: 'split_share',
    columns: [
      {field: 'id', column: 'id', type: 'text'},
      {field: 'chainId', column: 'chain_id', type: 'numeric'},
      {field: 'changeId', column: 'change_id', type: 'text'},
      {field: 'recipient', column: 'recipient', type: 'text'},
      {field: 'allocation', column: 'allocation', type: 'numeric'},
      {field: 'role', column: 'role', type: 'text'},
    ],
  },
  SplitDistribution: {
    table: 'split_distribution',
    columns: [
      {field: 'id', column: 'id', type: 'text'},
      {field: 'chainId', column: 'chain_id', type: 'numeric'},
      {field: 'blockNumber', column: 'block_number', type: 'int4'},
      {field: 'logIndex', column: 'log_index', type: 'int4'},
      {field: 'timestamp', column: 'timestamp', type: 'timestamptz'},
      {field: 'transactionHash', column: 'transaction_hash', type: 'text'},
      {field: 'emitter', column: 'emitter', type: 'text'},
      {field: 'standard', column: 'standard', type: 'text'},
      {field: 'authority', column: 'authority', type: 'text'},
      {field: 'split', column: 'split', type: 'text'},
      {field: 'currency', column: 'currency', type: 'text'},
      {field: 'amount', column: 'amount', type: 'numeric'},
      {field: 'distributor', column: 'distributor', type: 'text'},
    ],
  },
  Sale: {
    table: 'sale',
    columns: [
      {field: 'id', column: 'id', type: 'text'},
      {field: 'chainId', column: 'chain_id', type: 'numeric'},
      {field: 'blockNumber', column: 'block_number', type: 'int4'},
      {field: 'logIndex', column: 'log_index', type: 'int4'},
      {field: 'timestamp', column: 'timestamp', type: 'timestamptz'},
      {field: 'transactionHash', column: 'transaction_hash', type: 'text'},
      {field: 'transactionFrom', column: 'transaction_from', type: 'text'},
      {field: 'emitter', column: 'emitter', type: 'text'},
      {field: 'standard', column: 'standard', type: 'text'},
      {field: 'authority', column: 'authority', type: 'text'},
      {field: 'kind', column: 'kind', type: 'text'},
      {field: 'seller', column: 'seller', type: 'text'},
      {field: 'buyer', column: 'buyer', type: 'text'},
      {field: 'price', column: 'price', type: 'numeric'},
      {field: 'currency', column: 'currency', type: 'text'},
      {field: 'itemCount', column: 'item_count', type: 'int4'},
      {field: 'partsKnown', column: 'parts_known', type: 'bool'},
      {field: 'orderRef', column: 'order_ref', type: 'text'},
    ],
  },
  SaleItem: {
    table: 'sale_item',
    columns: [
      {field: 'id', column: 'id', type: 'text'},
      {field: 'chainId', column: 'chain_id', type: 'numeric'},
      {field: 'saleId', column: 'sale_id', type: 'text'},
      {field: 'collectionId', column: 'collection_id', type: 'text'},
      {field: 'assetId', column: 'asset_id', type: 'text'},
      {field: 'tokenId', column: 'token_id', type: 'numeric'},
      {field: 'amount', column: 'amount', type: 'numeric'},
      {field: 'from', column: 'from', type: 'text'},
      {field: 'to', column: 'to', type: 'text'},
    ],
  },
  SalePayment: {
    table: 'sale_payment',
    columns: [
      {field: 'id', column: 'id', type: 'text'},
      {field: 'chainId', column: 'chain_id', type: 'numeric'},
      {field: 'saleId', column: 'sale_id', type: 'text'},
      {field: 'recipient', column: 'recipient', type: 'text'},
      {field: 'currency', column: 'currency', type: 'text'},
      {field: 'amount', column: 'amount', type: 'numeric'},
      {field: 'part', column: 'part', type: 'text'},
      {field: 'evidence', column: 'evidence', type: 'text'},
      {field: 'role', column: 'role', type: 'text'},
    ],
  },
  RoyaltyDue: {
    table: 'royalty_due',
    columns: [
      {field: 'id', column: 'id', type: 'text'},
      {field: 'chainId', column: 'chain_id', type: 'numeric'},
      {field: 'saleId', column: 'sale_id', type: 'text'},
      {field: 'assetId', column: 'asset_id', type: 'text'},
      {field: 'basis', column: 'basis', type: 'numeric'},
      {field: 'recipient', column: 'recipient', type: 'text'},
      {field: 'amount', column: 'amount', type: 'numeric'},
      {field: 'parentRecipient', column: 'parent_recipient', type: 'text'},
      {field: 'parentAmount', column: 'parent_amount', type: 'numeric'},
      {field: 'source', column: 'source', type: 'text'},
    ],
  },
  SaleOrder: {
    table: 'sale_order',
    columns: [
      {field: 'id', column: 'id', type: 'text'},
      {field: 'chainId', column: 'chain_id', type: 'numeric'},
      {field: 'saleId', column: 'sale_id', type: 'text'},
      {field: 'orderRef', column: 'order_ref', type: 'text'},
      {field: 'maker', column: 'maker', type: 'text'},
      {field: 'orderLogIndex', column: 'order_log_index', type: 'int4'},
    ],
  },
  Derivative: {
    table: 'derivative',
    columns: [
      {field: 'id', column: 'id', type: 'text'},
      {field: 'chainId', column: 'chain_id', type: 'numeric'},
      {field: 'blockNumber', column: 'block_number', type: 'int4'},
      {field: 'logIndex', column: 'log_index', type: 'int4'},
      {field: 'timestamp', column: 'timestamp', type: 'timestamptz'},
      {field: 'transactionHash', column: 'transaction_hash', type: 'text'},
      {field: 'emitter', column: 'emitter', type: 'text'},
      {field: 'standard', column: 'standard', type: 'text'},
      {field: 'authority', column: 'authority', type: 'text'},
      {field: 'parentCollectionId', column: 'parent_collection_id', type: 'text'},
      {field: 'parentAssetId', column: 'parent_asset_id', type: 'text'},
      {field: 'parentTokenId', column: 'parent_token_id', type: 'numeric'},
      {field: 'parentContent', column: 'parent_content', type: 'text'},
      {field: 'childCollectionId', column: 'child_collection_id', type: 'text'},
      {field: 'childAssetId', column: 'child_asset_id', type: 'text'},
      {field: 'childTokenId', column: 'child_token_id', type: 'numeric'},
      {field: 'licenseRef', column: 'license_ref', type: 'text'},
      {field: 'royaltyBps', column: 'royalty_bps', type: 'int4'},
      {field: 'relation', column: 'relation', type: 'int4'},
    ],
  },
  ContractUpgrade: {
    table: 'contract_upgrade',
    columns: [
      {field: 'id', column: 'id', type: 'text'},
      {field: 'chainId', column: 'chain_id', type: 'numeric'},
      {field: 'blockNumber', column: 'block_number', type: 'int4'},
      {field: 'logIndex', column: 'log_index', type: 'int4'},
      {field: 'timestamp', column: 'timestamp', type: 'timestamptz'},
      {field: 'transactionHash', column: 'transaction_hash', type: 'text'},
      {field: 'collectionId', column: 'collection_id', type: 'text'},
      {field: 'address', column: 'address', type: 'text'},
      {field: 'kind', column: 'kind', type: 'text'},
      {field: 'implementation', column: 'implementation', type: 'text'},
      {field: 'previousImplementation', column: 'previous_implementation', type: 'text'},
      {field: 'beacon', column: 'beacon', type: 'text'},
      {field: 'admin', column: 'admin', type: 'text'},
      {field: 'previousAdmin', column: 'previous_admin', type: 'text'},
      {field: 'facets', column: 'facets', type: 'text'},
    ],
  },
  TokenLock: {
    table: 'token_lock',
    columns: [
      {field: 'id', column: 'id', type: 'text'},
      {field: 'chainId', column: 'chain_id', type: 'numeric'},
      {field: 'blockNumber', column: 'block_number', type: 'int4'},
      {field: 'logIndex', column: 'log_index', type: 'int4'},
      {field: 'timestamp', column: 'timestamp', type: 'timestamptz'},
      {field: 'transactionHash', column: 'transaction_hash', type: 'text'},
      {field: 'collectionId', column: 'collection_id', type: 'text'},
      {field: 'standard', column: 'standard', type: 'text'},
      {field: 'assetId', column: 'asset_id', type: 'text'},
      {field: 'tokenId', column: 'token_id', type: 'numeric'},
      {field: 'locked', column: 'locked', type: 'bool'},
    ],
  },
  AccountBinding: {
    table: 'account_binding',
    columns: [
      {field: 'id', column: 'id', type: 'text'},
      {field: 'chainId', column: 'chain_id', type: 'numeric'},
      {field: 'blockNumber', column: 'block_number', type: 'int4'},
      {field: 'logIndex', column: 'log_index', type: 'int4'},
      {field: 'timestamp', column: 'timestamp', type: 'timestamptz'},
      {field: 'transactionHash', column: 'transaction_hash', type: 'text'},
      {field: 'emitter', column: 'emitter', type: 'text'},
      {field: 'standard', column: 'standard', type: 'text'},
      {field: 'authority', column: 'authority', type: 'text'},
      {field: 'account', column: 'account', type: 'text'},
      {field: 'implementation', column: 'implementation', type: 'text'},
      {field: 'collectionId', column: 'collection_id', type: 'text'},
      {field: 'assetId', column: 'asset_id', type: 'text'},
      {field: 'tokenChainId', column: 'token_chain_id', type: 'numeric'},
      {field: 'tokenId', column: 'token_id', type: 'numeric'},
    ],
  },
  TokenAccount: {
    table: 'token_account',
    columns: [
      {field: 'id', column: 'id', type: 'text'},
      {field: 'chainId', column: 'chain_id', type: 'numeric'},
      {field: 'account', column: 'account', type: 'text'},
      {field: 'collectionId', column: 'collection_id', type: 'text'},
      {field: 'assetId', column: 'asset_id', type: 'text'},
      {field: 'bindingId', column: 'binding_id', type: 'text'},
    ],
  },
  MetadataCommit: {
    table: 'metadata_commit',
    columns: [
      {field: 'id', column: 'id', type: 'text'},
      {field: 'chainId', column: 'chain_id', type: 'numeric'},
      {field: 'blockNumber', column: 'block_number', type: 'int4'},
      {field: 'logIndex', column: 'log_index', type: 'int4'},
      {field: 'timestamp', column: 'timestamp', type: 'timestamptz'},
      {field: 'transactionHash', column: 'transaction_hash', type: 'text'},
      {field: 'emitter', column: 'emitter', type: 'text'},
      {field: 'standard', column: 'standard', type: 'text'},
      {field: 'authority', column: 'authority', type: 'text'},
      {field: 'collectionId', column: 'collection_id', type: 'text'},
      {field: 'assetId', column: 'asset_id', type: 'text'},
      {field: 'tokenId', column: 'token_id', type: 'numeric'},
      {field: 'by', column: 'by', type: 'text'},
      {field: 'contentHash', column: 'content_hash', type: 'text'},
      {field: 'cidHash', column: 'cid_hash', type: 'text'},
      {field: 'uri', column: 'uri', type: 'text'},
      {field: 'note', column: 'note', type: 'text'},
    ],
  },
  Attestation: {
    table: 'attestation',
    columns: [
      {field: 'id', column: 'id', type: 'text'},
      {field: 'chainId', column: 'chain_id', type: 'numeric'},
      {field: 'emitter', column: 'emitter', type: 'text'},
      {field: 'authority', column: 'authority', type: 'text'},
      {field: 'standard', column: 'standard', type: 'text'},
      {field: 'uid', column: 'uid', type: 'text'},
      {field: 'attester', column: 'attester', type: 'text'},
      {field: 'subject', column: 'subject', type: 'text'},
      {field: 'assetId', column: 'asset_id', type: 'text'},
      {field: 'tokenId', column: 'token_id', type: 'numeric'},
      {field: 'schema', column: 'schema', type: 'text'},
      {field: 'expiry', column: 'expiry', type: 'numeric'},
      {field: 'score', column: 'score', type: 'int4'},
      {field: 'tag', column: 'tag', type: 'text'},
      {field: 'contentHash', column: 'content_hash', type: 'text'},
      {field: 'uri', column: 'uri', type: 'text'},
      {field: 'data', column: 'data', type: 'text'},
      {field: 'dataSource', column: 'data_source', type: 'text'},
      {field: 'refUid', column: 'ref_uid', type: 'text'},
      {field: 'revocable', column: 'revocable', type: 'bool'},
      {field: 'attestedAt', column: 'attested_at', type: 'timestamptz'},
      {field: 'attestationId', column: 'attestation_id', type: 'text'},
      {field: 'revokedAt', column: 'revoked_at', type: 'timestamptz'},
      {field: 'revocationId', column: 'revocation_id', type: 'text'},
      {field: 'lastEventId', column: 'last_event_id', type: 'text'},
    ],
  },
  AttestationEvent: {
    table: 'attestation_event',
    columns: [
      {field: 'id', column: 'id', type: 'text'},
      {field: 'chainId', column: 'chain_id', type: 'numeric'},
      {field: 'blockNumber', column: 'block_number', type: 'int4'},
      {field: 'logIndex', column: 'log_index', type: 'int4'},
      {field: 'timestamp', column: 'timestamp', type: 'timestamptz'},
      {field: 'transactionHash', column: 'transaction_hash', type: 'text'},
      {field: 'emitter', column: 'emitter', type: 'text'},
      {field: 'standard', column: 'standard', type: 'text'},
      {field: 'authority', column: 'authority', type: 'text'},
      {field: 'kind', column: 'kind', type: 'text'},
      {field: 'attestationRef', column: 'attestation_ref', type: 'text'},
      {field: 'subject', column: 'subject', type: 'text'},
      {field: 'assetId', column: 'asset_id', type: 'text'},
      {field: 'tokenId', column: 'token_id', type: 'numeric'},
      {field: 'by', column: 'by', type: 'text'},
      {field: 'schema', column: 'schema', type: 'text'},
      {field: 'expiry', column: 'expiry', type: 'numeric'},
      {field: 'score', column: 'score', type: 'int4'},
      {field: 'tag', column: 'tag', type: 'text'},
      {field: 'contentHash', column: 'content_hash', type: 'text'},
      {field: 'uri', column: 'uri', type: 'text'},
      {field: 'data', column: 'data', type: 'text'},
      {field: 'dataSource', column: 'data_source', type: 'text'},
      {field: 'refUid', column: 'ref_uid', type: 'text'},
      {field: 'revocable', column: 'revocable', type: 'bool'},
      {field: 'applied', column: 'applied', type: 'bool'},
      {field: 'note', column: 'note', type: 'text'},
    ],
  },
  OracleEvent: {
    table: 'oracle_event',
    columns: [
      {field: 'id', column: 'id', type: 'text'},
      {field: 'chainId', column: 'chain_id', type: 'numeric'},
      {field: 'blockNumber', column: 'block_number', type: 'int4'},
      {field: 'logIndex', column: 'log_index', type: 'int4'},
      {field: 'timestamp', column: 'timestamp', type: 'timestamptz'},
      {field: 'transactionHash', column: 'transaction_hash', type: 'text'},
      {field: 'emitter', column: 'emitter', type: 'text'},
      {field: 'standard', column: 'standard', type: 'text'},
      {field: 'authority', column: 'authority', type: 'text'},
      {field: 'kind', column: 'kind', type: 'text'},
      {field: 'requestRef', column: 'request_ref', type: 'text'},
      {field: 'requestId', column: 'request_id', type: 'numeric'},
      {field: 'requester', column: 'requester', type: 'text'},
      {field: 'modelId', column: 'model_id', type: 'text'},
      {field: 'inputHash', column: 'input_hash', type: 'text'},
      {field: 'input', column: 'input', type: 'text'},
      {field: 'outputHash', column: 'output_hash', type: 'text'},
    ],
  },
  DecodeFailure: {
    table: 'decode_failure',
    columns: [
      {field: 'id', column: 'id', type: 'text'},
      {field: 'chainId', column: 'chain_id', type: 'numeric'},
      {field: 'blockNumber', column: 'block_number', type: 'int4'},
      {field: 'logIndex', column: 'log_index', type: 'int4'},
      {field: 'timestamp', column: 'timestamp', type: 'timestamptz'},
      {field: 'transactionHash', column: 'transaction_hash', type: 'text'},
      {field: 'address', column: 'address', type: 'text'},
      {field: 'topic0', column: 'topic0', type: 'text'},
      {field: 'topicCount', column: 'topic_count', type: 'int4'},
      {field: 'dataBytes', column: 'data_bytes', type: 'int4'},
      {field: 'signature', column: 'signature', type: 'text'},
      {field: 'reason', column: 'reason', type: 'text'},
      {field: 'detail', column: 'detail', type: 'text'},
    ],
  },
  StakeAllocation: {
    table: 'stake_allocation',
    columns: [
      {field: 'id', column: 'id', type: 'text'},
      {field: 'chainId', column: 'chain_id', type: 'numeric'},
      {field: 'blockNumber', column: 'block_number', type: 'int4'},
      {field: 'logIndex', column: 'log_index', type: 'int4'},
      {field: 'timestamp', column: 'timestamp', type: 'timestamptz'},
      {field: 'transactionHash', column: 'transaction_hash', type: 'text'},
      {field: 'emitter', column: 'emitter', type: 'text'},
      {field: 'standard', column: 'standard', type: 'text'},
      {field: 'authority', column: 'authority', type: 'text'},
      {field: 'collectionId', column: 'collection_id', type: 'text'},
      {field: 'assetId', column: 'asset_id', type: 'text'},
      {field: 'tokenId', column: 'token_id', type: 'numeric'},
      {field: 'staker', column: 'staker', type: 'text'},
      {field: 'beneficiary', column: 'beneficiary', type: 'text'},
      {field: 'currency', column: 'currency', type: 'text'},
      {field: 'amount', column: 'amount', type: 'numeric'},
      {field: 'purpose', column: 'purpose', type: 'text'},
    ],
  },
  EventLink: {
    table: 'event_link',
    columns: [
      {field: 'id', column: 'id', type: 'text'},
      {field: 'chainId', column: 'chain_id', type: 'numeric'},
      {field: 'blockNumber', column: 'block_number', type: 'int4'},
      {field: 'logIndex', column: 'log_index', type: 'int4'},
      {field: 'timestamp', column: 'timestamp', type: 'timestamptz'},
      {field: 'transactionHash', column: 'transaction_hash', type: 'text'},
      {field: 'emitter', column: 'emitter', type: 'text'},
      {field: 'standard', column: 'standard', type: 'text'},
      {field: 'authority', column: 'authority', type: 'text'},
      {field: 'relation', column: 'relation', type: 'text'},
      {field: 'effectId', column: 'effect_id', type: 'text'},
      {field: 'effectTable', column: 'effect_table', type: 'text'},
      {field: 'causeId', column: 'cause_id', type: 'text'},
      {field: 'causeTable', column: 'cause_table', type: 'text'},
    ],
  },
  ContractCreation: {
    table: 'contract_creation',
    columns: [
      {field: 'id', column: 'id', type: 'text'},
      {field: 'chainId', column: 'chain_id', type: 'numeric'},
      {field: 'blockNumber', column: 'block_number', type: 'int4'},
      {field: 'logIndex', column: 'log_index', type: 'int4'},
      {field: 'timestamp', column: 'timestamp', type: 'timestamptz'},
      {field: 'transactionHash', column: 'transaction_hash', type: 'text'},
      {field: 'emitter', column: 'emitter', type: 'text'},
      {field: 'standard', column: 'standard', type: 'text'},
      {field: 'collectionId', column: 'collection_id', type: 'text'},
      {field: 'address', column: 'address', type: 'text'},
    ],
  },
  FactoryContract: {
    table: 'factory_contract',
    columns: [
      {field: 'id', column: 'id', type: 'text'},
      {field: 'chainId', column: 'chain_id', type: 'numeric'},
      {field: 'address', column: 'address', type: 'text'},
      {field: 'factory', column: 'factory', type: 'text'},
      {field: 'createdIn', column: 'created_in', type: 'int4'},
      {field: 'creationId', column: 'creation_id', type: 'text'},
    ],
  },
}
