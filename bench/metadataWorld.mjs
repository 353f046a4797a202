// What the metadata benchmark reads from, in a process of its own: a node whose contract has a URI for every token, and IPFS gateways of a tunable
// latency and share of errors. `GET /control?latency=50&errors=0.05` tunes; prints its ports as one line of JSON.
import {createHash} from 'node:crypto'
import {createServer} from 'node:http'
import {fun} from '@subsquid/evm-abi'
import {address, array, bool, bytes, struct} from '@subsquid/evm-codec'
import {base32} from 'multiformats/bases/base32'

const word = (number) => number.toString(16).padStart(64, '0')
const encodeText = (text) => {
  const hex = Buffer.from(text).toString('hex')
  return `0x${word(32)}${word(text.length)}${hex.padEnd(Math.ceil(hex.length / 64) * 64, '0')}`
}
const MULTICALL = '0xca11bde05977b3631167028862be2a173976ca11'
const settings = {latency: 50, errors: 0}
let random = 1
const chance = () => (random = (random * 48_271) % 2_147_483_647) / 2_147_483_647

const documentOf = (tokenId) =>
  Buffer.from(
    JSON.stringify({
      name: `Work ${tokenId}`,
      description: `A work of ${'many words '.repeat(20)}`,
      image: `ipfs://bafybeigdyrzt5sfp7udm7hu76uh7y26nf3efuylqabf3oclgtqy55fbzdi/${tokenId}.png`,
      model: 'aurora-xl@3.1',
      prompt: `a lighthouse made of glass, number ${tokenId}`,
      attributes: Array.from({length: 8}, (_, i) => ({trait_type: `Trait ${i}`, value: `${(tokenId * (i + 7)) % 13}`})),
    }),
  )
/** CIDv1, raw, SHA-256. */
const cidOf = (bytes) => base32.encode(Buffer.concat([Buffer.from([1, 0x55, 0x12, 0x20]), createHash('sha256').update(bytes).digest()]))
const known = new Map()
const aggregate = fun(
  '0x82ad56cb',
  'aggregate3((address,bool,bytes)[])',
  {calls: array(struct({target: address, allowFailure: bool, callData: bytes}))},
  array(struct({success: bool, returnData: bytes})),
)
/** Its words without the selector are those of an answer. */
const answer = fun('0x82ad56cb', 'answer((bool,bytes)[])', {results: array(struct({success: bool, returnData: bytes}))})

function callContract(data) {
  if (!data.startsWith('0xc87b56dd')) return null
  const tokenId = Number(BigInt(`0x${data.slice(10)}`))
  const document = documentOf(tokenId)
  const cid = cidOf(document)
  known.set(cid, document)
  return encodeText(`ipfs://${cid}`)
}

function call({to, data}) {
  if (to !== MULTICALL) return callContract(data) ?? '0x'
  if (!data.startsWith('0x82ad56cb')) return `0x${'1'.padStart(64, '0')}`
  const results = aggregate.decode(data).calls.map(({callData}) => ({success: true, returnData: callContract(callData) ?? '0x'}))
  return `0x${answer.encode({results}).slice(10)}`
}

const head = {number: '0x1', hash: `0x${'b'.repeat(64)}`}
const node = createServer(async (request, response) => {
  let text = ''
  for await (const chunk of request) text += chunk
  const {id, method, params} = JSON.parse(text)
  const result = method === 'eth_getBlockByNumber' ? head : call({...params[0], to: params[0].to.toLowerCase()})
  response.setHeader('content-type', 'application/json')
  response.end(JSON.stringify({jsonrpc: '2.0', id, result}))
})

const gateway = () =>
  createServer((request, response) => {
    const url = new URL(request.url, 'http://gateway')
    if (url.pathname === '/control') {
      for (const [name, value] of url.searchParams) settings[name] = Number(value)
      return void response.end()
    }
    setTimeout(() => {
      const document = known.get(url.pathname.split('/')[2])
      if (chance() < settings.errors) return void response.writeHead(503).end()
      if (document === undefined) return void response.writeHead(404).end()
      response.writeHead(200, {'content-type': 'application/vnd.ipld.raw'}).end(document)
    }, settings.latency)
  })

const listen = (server) => new Promise((done) => server.listen(0, '127.0.0.1', () => done(server.address().port)))
const ports = {node: await listen(node), gateways: [await listen(gateway()), await listen(gateway())]}
console.log(JSON.stringify(ports))
