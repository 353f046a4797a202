// The same questions in the words of each API, and what each answer comes to, so that answers can be compared before anything is timed.

const PAGE = 50
const pagesBefore = (page) => (page - 1) * PAGE
const time = (text) => new Date(text).toISOString()
const body = (query, variables) => JSON.stringify({query, variables})
/** PostGraphile names what it knows by key. */
const tokenOf = (assetId) => assetId.split('-')

const TIMELINE = `query ($id: AssetId!) { asset(id: $id) { tokenId collection { address } owner { address } transferCount
  provenance(first: 20, newestFirst: true, kinds: [TRANSFER, LICENSE, ROYALTY]) { nodes { __typename blockNumber logIndex timestamp transactionHash
    ... on Transfer { from { address } to { address } }
    ... on LicenseEvent { licensee: to { address } }
    ... on RoyaltyPayment { payer { address } recipient { address } currency { address } amount } } } } }`
const FACT = 'block logIndex timestamp txHash'
const ASSET_OPENREADER = `query ($id: String!) { assetById(id: $id) { id owner transferCount
  transfers(limit: 20, orderBy: id_DESC) { ${FACT} from to }
  licenses(limit: 20, orderBy: id_DESC) { ${FACT} licensee }
  royalties(limit: 20, orderBy: id_DESC) { ${FACT} payer recipient currency amount } } }`
const nodes = (list, fields) => `${list} { nodes { ${fields} } }`
const ASSET_POSTGRAPHILE = `query ($id: String!) { asset: assetByRowId(rowId: $id) { id: rowId owner transferCount
  ${nodes('transfers: transfersByAssetId(first: 20, orderBy: [ROW_ID_DESC])', `${FACT} from to`)}
  ${nodes('licenses: licensesByAssetId(first: 20, orderBy: [ROW_ID_DESC])', `${FACT} licensee`)}
  ${nodes('royalties: royaltyPaymentsByAssetId(first: 20, orderBy: [ROW_ID_DESC])', `${FACT} payer recipient currency amount`)} } }`

const entry = (fact, ...more) => [
  fact.block ?? fact.blockNumber,
  fact.logIndex,
  time(fact.timestamp),
  fact.txHash ?? fact.transactionHash,
  ...more,
]
const newest = (entries) => entries.sort((a, b) => b[0] - a[0] || b[1] - a[1]).slice(0, 20)
const mergedTimeline = ({id, owner, transferCount, transfers, licenses, royalties}) => ({
  asset: [id, owner, transferCount],
  entries: newest([
    ...transfers.map((t) => entry(t, t.from, t.to)),
    ...licenses.map((l) => entry(l, l.licensee)),
    ...royalties.map((r) => entry(r, r.payer, r.recipient, r.currency, String(r.amount))),
  ]),
})
const ownTimeline = ({tokenId, collection, owner, transferCount, provenance}) => ({
  asset: [`${collection.address}-${tokenId}`, owner?.address, transferCount],
  entries: provenance.nodes.map((e) => {
    if (e.__typename === 'Transfer') return entry(e, e.from.address, e.to.address)
    if (e.__typename === 'LicenseEvent') return entry(e, e.licensee.address)
    return entry(e, e.payer.address, e.recipient.address, e.currency.address, e.amount)
  }),
})

const assetQuestion = ({chainId, assets}) => ({
  name: 'asset, 20 newest entries',
  of: assets,
  raw: {path: (id) => `/asset?id=${id}`, comesTo: (data) => mergedTimeline(data)},
  ours: {
    body: (id) => body(TIMELINE, {id: `eip155:${chainId}/erc721:${tokenOf(id).join('/')}`}),
    comesTo: ({data}) => ownTimeline(data.asset),
  },
  openreader: {body: (id) => body(ASSET_OPENREADER, {id}), comesTo: ({data}) => mergedTimeline(data.assetById)},
  postgraphile: {
    body: (id) => body(ASSET_POSTGRAPHILE, {id}),
    comesTo: ({data: {asset}}) =>
      mergedTimeline({...asset, transfers: asset.transfers.nodes, licenses: asset.licenses.nodes, royalties: asset.royalties.nodes}),
  },
})

const flatAsset = (a) => [a.collection.address ?? a.collection, String(a.tokenId), a.transferCount]
const ownerQuestion = ({owners}) => ({
  name: "owner's page of 50",
  of: owners,
  raw: {path: (owner) => `/owner?owner=${owner}`, comesTo: (rows) => rows.map(flatAsset)},
  ours: {
    body: (owner) =>
      body(
        `query ($owner: String!) { account(address: $owner) { assets(first: 50, orderBy: ID_ASC) { nodes { tokenId collection { address } transferCount } } } }`,
        {owner},
      ),
    comesTo: ({data}) => data.account.assets.nodes.map(flatAsset),
  },
  openreader: {
    body: (owner) =>
      body(
        `query ($owner: String!) { assets(where: {owner_eq: $owner}, limit: 50, orderBy: id_ASC) { tokenId collection transferCount } }`,
        {
          owner,
        },
      ),
    comesTo: ({data}) => data.assets.map(flatAsset),
  },
  postgraphile: {
    body: (owner) =>
      body(
        `query ($owner: String!) { assets: allAssets(condition: {owner: $owner}, first: 50, orderBy: [ROW_ID_ASC]) { nodes { tokenId collection transferCount } } }`,
        {owner},
      ),
    comesTo: ({data}) => data.assets.nodes.map(flatAsset),
  },
})

const flatSum = (s) => [s.currency.address ?? s.currency, String(s.amount), String(s.payments ?? s.paymentCount)]
const sums = (list) => list.map(flatSum).sort()
const royaltyQuestion = ({recipients}) => ({
  name: 'royalty sum of a recipient',
  of: recipients,
  raw: {path: (recipient) => `/royalties?recipient=${recipient}`, comesTo: sums},
  ours: {
    body: (recipient) =>
      body(
        `query ($recipient: Address!) { royaltySummary(where: {recipient: {eq: $recipient}}) { currency { address } amount paymentCount } }`,
        {recipient},
      ),
    comesTo: ({data}) => sums(data.royaltySummary),
  },
  openreader: {
    body: (recipient) =>
      body(`query ($recipient: String!) { royaltySums(recipient: $recipient) { currency amount payments } }`, {recipient}),
    comesTo: ({data}) => sums(data.royaltySums),
  },
  postgraphile: {
    body: (recipient) =>
      body(`query ($recipient: String!) { sums: royaltySums(ofRecipient: $recipient) { nodes { currency amount payments } } }`, {
        recipient,
      }),
    comesTo: ({data}) => sums(data.sums.nodes),
  },
})

const flatUpdate = (u) => [
  u.collection.address ?? u.collection,
  String(u.fromTokenId),
  // An open-ended range: we say null, its log and so the others 2^256-1.
  String(u.toTokenId ?? 2n ** 256n - 1n),
  u.block ?? u.blockNumber,
  u.logIndex,
  time(u.timestamp),
  u.txHash ?? u.transactionHash,
]
const updatesQuestion = () => ({
  name: '100 newest metadata updates',
  of: ['newest'],
  raw: {path: () => '/updates', comesTo: (rows) => rows.map(flatUpdate)},
  ours: {
    body: () =>
      body(
        `{ metadataUpdates(first: 100, orderBy: ID_DESC) { nodes { collection { address } fromTokenId toTokenId blockNumber logIndex timestamp transactionHash } } }`,
      ),
    comesTo: ({data}) => data.metadataUpdates.nodes.map(flatUpdate),
  },
  openreader: {
    body: () => body(`{ metadataUpdates(limit: 100, orderBy: id_DESC) { collection fromTokenId toTokenId ${FACT} } }`),
    comesTo: ({data}) => data.metadataUpdates.map(flatUpdate),
  },
  postgraphile: {
    body: () =>
      body(`{ updates: allMetadataUpdates(first: 100, orderBy: [ROW_ID_DESC]) { nodes { collection fromTokenId toTokenId ${FACT} } } }`),
    comesTo: ({data}) => data.updates.nodes.map(flatUpdate),
  },
})

const flatTransfer = (t) => [
  t.assetId ?? t.asset?.id ?? `${t.asset.collection.address}-${t.asset.tokenId}`,
  t.from.address ?? t.from,
  t.to.address ?? t.to,
  t.block ?? t.blockNumber,
  t.logIndex,
  time(t.timestamp),
  t.txHash ?? t.transactionHash,
]
const transfersQuestion =
  (page) =>
  ({cursors}) => ({
    name: `page ${page} of transfers`,
    of: [page],
    raw: {path: () => `/transfers?after=${cursors.raw[page]}`, comesTo: (rows) => rows.map(flatTransfer)},
    ours: {
      body: () =>
        body(
          `query ($after: String) { transfers(first: ${PAGE}, after: $after, orderBy: ID_DESC) { nodes { asset { tokenId collection { address } } from { address } to { address } blockNumber logIndex timestamp transactionHash } pageInfo { endCursor hasNextPage } } }`,
          {after: cursors.ours[page]},
        ),
      comesTo: ({data}) => data.transfers.nodes.map(flatTransfer),
    },
    openreader: {
      body: () => body(`{ transfers(limit: ${PAGE}, offset: ${pagesBefore(page)}, orderBy: id_DESC) { asset { id } from to ${FACT} } }`),
      comesTo: ({data}) => data.transfers.map(flatTransfer),
    },
    postgraphile: {
      body: () =>
        body(
          `query ($after: Cursor) { transfers: allTransfers(first: ${PAGE}, after: $after, orderBy: [ROW_ID_DESC]) { nodes { assetId from to ${FACT} } pageInfo { endCursor hasNextPage } } }`,
          {after: cursors.postgraphile[page]},
        ),
      comesTo: ({data}) => data.transfers.nodes.map(flatTransfer),
    },
  })

export const QUESTIONS = [assetQuestion, ownerQuestion, royaltyQuestion, updatesQuestion, transfersQuestion(1), transfersQuestion(1000)]

/** What is asked about: what has much to tell, and where page 1,000 begins for each API. */
export async function prepareQuestions({query, chainId, ask}) {
  const column = async (sql) => (await query(sql)).map(({v}) => v)
  const assets = await column(`SELECT asset_id AS v FROM (SELECT asset_id FROM plain.transfer UNION ALL SELECT asset_id FROM plain.license
    UNION ALL SELECT asset_id FROM plain.royalty_payment) e GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 200`)
  const owners = await column(
    `SELECT owner AS v FROM plain.asset GROUP BY 1 HAVING count(*) >= 50 AND owner <> '0x0000000000000000000000000000000000000000' ORDER BY count(*), 1 LIMIT 200`,
  )
  const recipients = await column(
    `SELECT recipient AS v FROM plain.royalty_payment GROUP BY 1 HAVING count(*) BETWEEN 8 AND 50 ORDER BY 1 LIMIT 200`,
  )
  const [before] = await column(`SELECT id AS v FROM plain.transfer ORDER BY id DESC OFFSET ${pagesBefore(1000) - 1} LIMIT 1`)
  const [first] = await column(`SELECT max(id) || 'z' AS v FROM plain.transfer`)
  const cursors = {
    raw: {1: first, 1000: before},
    ours: {1: null, 1000: ask.ours && (await walk(ask.ours, walked('String', 'transfers', 'ID_DESC')))},
    postgraphile: {1: null, 1000: ask.postgraphile && (await walk(ask.postgraphile, walked('Cursor', 'allTransfers', '[ROW_ID_DESC]')))},
  }
  return QUESTIONS.map((question) => question({chainId, assets, owners, recipients, cursors}))
}

const walked = (cursor, list, order) =>
  `query ($first: Int, $after: ${cursor}) { list: ${list}(first: $first, after: $after, orderBy: ${order}) { pageInfo { endCursor } } }`

/** The cursor that page 1,000 begins after, as a client comes by it: page by page. */
async function walk(ask, query) {
  let after = null
  for (let left = pagesBefore(1000); left > 0; left -= 500)
    after = (await ask(query, {first: Math.min(500, left), after})).data.list.pageInfo.endCursor
  return after
}
