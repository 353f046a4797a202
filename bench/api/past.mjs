// Questions that can be asked of now and of the past, in the same words.

const body = (query, variables) => JSON.stringify({query, variables})

/** `asOf` in the words of a query: of the declaration, and of the root field. */
const QUESTIONS = [
  {
    name: 'asset, 20 newest entries',
    of: 'assets',
    query: (
      declared,
      given,
    ) => `query ($v: AssetId!${declared}) { asset(id: $v${given}) { tokenId collection { address } owner { address } transferCount
      provenance(first: 20, newestFirst: true, kinds: [TRANSFER, LICENSE, ROYALTY]) { nodes { __typename blockNumber logIndex timestamp
        transactionHash } } } }`,
  },
  {
    name: 'owner of an asset',
    of: 'assets',
    query: (declared, given) => `query ($v: AssetId!${declared}) { asset(id: $v${given}) { owner { address } transferCount } }`,
  },
  {
    name: "owner's page of 50",
    of: 'owners',
    query: (declared, given) => `query ($v: String!${declared}) { account(address: $v${given}) { assets(first: 50, orderBy: ID_ASC) {
      nodes { tokenId collection { address } transferCount } } } }`,
  },
  {
    name: 'licences of an asset',
    of: 'licensed',
    query: (
      declared,
      given,
    ) => `query ($v: AssetId!${declared}) { asset(id: $v${given}) { licenses(first: 20) { nodes { licensee { address }
      revokedFrom } } } }`,
  },
  {
    name: 'licenseCheck',
    of: 'licensed',
    query: (declared, given) =>
      `query ($v: AssetId!${declared}) { licenseCheck(asset: $v, account: "0x00000000000000000000000000000000000000aa"${given}) { permitted reason } }`,
  },
  {
    name: 'metadata facts of an asset',
    of: 'assets',
    query: (declared, given) =>
      `query ($v: AssetId!${declared}) { asset(id: $v${given}) { metadataFacts { uri staleSince change { id } } } }`,
  },
  {
    name: 'royalty sum of a recipient',
    of: 'recipients',
    query: (
      declared,
      given,
    ) => `query ($v: Address!${declared}) { royaltySummary(where: {recipient: {eq: $v}}${given}) { currency { address }
      amount paymentCount } }`,
  },
  {
    name: '100 newest metadata updates',
    of: 'none',
    query: (
      declared,
      given,
    ) => `query ($v: Int!${declared}) { metadataUpdates(first: $v, orderBy: ID_DESC${given}) { nodes { collection { address }
      fromTokenId toTokenId blockNumber logIndex timestamp transactionHash } } }`,
  },
  {
    name: 'page of transfers',
    of: 'page',
    query: (
      declared,
      given,
    ) => `query ($v: Int!${declared}) { transfers(first: $v, orderBy: ID_DESC${given}) { nodes { asset { tokenId } from { address }
      to { address } blockNumber } } }`,
  },
  {
    name: 'page of assets',
    of: 'page',
    query: (declared, given) =>
      `query ($v: Int!${declared}) { assets(first: $v, orderBy: ID_ASC${given}) { nodes { id owner { address } transferCount } } }`,
  },
]

/** Every question with its request bodies at each moment; the first moment is the head, without asOf. */
export async function preparePast({query, chainId}) {
  const column = async (sql) => (await query(sql)).map(({v}) => v)
  const [{first, last}] = await query('SELECT min(number) AS first, max(number) AS last FROM block')
  const caip = (key) => `eip155:${key.split('-')[0]}/erc721:${key.split('-').slice(1).join('/')}`
  // Blocks with an event, whose time is known.
  const nearest = async (number) => (await query(`SELECT max(number) AS v FROM block WHERE number <= ${Math.round(number)}`))[0].v
  const middle = await nearest((first + last) / 2)
  // What there was in the middle of the history already, so that every moment has something to tell.
  const before = `id <= lpad('${chainId}', 16, '0') || '-' || lpad('${middle}', 10, '0')`
  const parameters = {
    assets: (await column(`SELECT asset_id AS v FROM transfer WHERE ${before} GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 200`)).map(caip),
    licensed: (
      await column(`SELECT asset_id AS v FROM license_event WHERE ${before} AND asset_id IS NOT NULL GROUP BY 1 ORDER BY 1 LIMIT 200`)
    ).map(caip),
    owners: await column(
      `SELECT owner AS v FROM asset WHERE owner IS NOT NULL GROUP BY 1 HAVING count(*) >= 50 ORDER BY count(*), 1 LIMIT 200`,
    ),
    recipients: await column(`SELECT recipient AS v FROM royalty_payment GROUP BY 1 HAVING count(*) BETWEEN 8 AND 50 ORDER BY 1 LIMIT 200`),
    none: [100],
    page: [50],
  }
  const moments = [
    ['at the head', null],
    ['as of the head', last],
    ['1/100 of it back', await nearest(last - (last - first) / 100)],
    ['middle of it', middle],
    ['ever another block', null],
  ]
  const blocks = (await query('SELECT number FROM block ORDER BY md5(id) LIMIT 3000')).map(({number}) => number)
  return QUESTIONS.map(({name, of, query: words}) => ({
    name,
    moments: moments.map(([moment, block], n) => {
      const past = (v, number) => body(words(', $asOf: AsOf', ', asOf: $asOf'), {v, asOf: {block: number}})
      const all = parameters[of]
      if (n === 0) return {name: moment, bodies: all.map((v) => body(words('', ''), {v}))}
      return {
        name: moment,
        bodies: block === null ? blocks.map((number, i) => past(all[i % all.length], number)) : all.map((v) => past(v, block)),
      }
    }),
  }))
}
