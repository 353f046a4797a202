import {encodeBytes32String, Interface, ZeroAddress, ZeroHash} from 'ethers'
import {afterAll, beforeAll, expect, test} from 'vitest'
import erc721 from '../../abi/erc721.json'
import erc6551 from '../../abi/erc6551.json'
import story from '../../abi/story-protocol.json'
import {parseAddress, ZERO_HASH} from '../../src/domain/hex'
import {ERC6551_REGISTRY, tokenAccountAddress} from '../../src/domain/tokenAccount'
import {answerLogs} from '../support/answeredLogs'
import {CHAIN, logsOfBlocks} from '../support/filledDatabase'
import {startPostgres} from '../support/postgres'
import {type RawLog, REGISTRY, STRANGER} from '../support/randomLogs'

const address = (n: number) => parseAddress(`0x${n.toString(16).padStart(40, '0')}`)
const [NFT, CODE, ANN, BEN] = [address(0xa7), address(0xc0), address(0xa11), address(0xbe1)]
const IP = tokenAccountAddress({
  ...{registry: ERC6551_REGISTRY, implementation: CODE, salt: ZERO_HASH},
  ...{chainId: BigInt(CHAIN), collection: NFT, tokenId: 1n},
})
const log = (abi: unknown, emitter: string, name: string, values: readonly unknown[]): RawLog => {
  const codec = new Interface(abi as never)
  return {address: emitter, ...codec.encodeEventLog(codec.getEvent(name) as never, values)}
}
const raised = (id: number, tag: string, module: string = REGISTRY) =>
  log(story, module, 'DisputeRaised', [id, IP, BEN, BEN, 0, CODE, `0x${'7a'.repeat(32)}`, encodeBytes32String(tag), '0x'])

const BLOCKS: readonly (readonly RawLog[])[] = [
  [
    log(erc721, NFT, 'Transfer', [ZeroAddress, ANN, 1]),
    log(erc6551, ERC6551_REGISTRY, 'ERC6551AccountCreated', [IP, CODE, ZeroHash, CHAIN, NFT, 1]),
  ],
  [raised(1, 'IMPROPER_REGISTRATION'), raised(2, 'CONTENT_STANDARDS_VIOLATION'), raised(3, 'MADE_UP', STRANGER)],
  [
    log(story, REGISTRY, 'DisputeJudgementSet', [1, true, '0x']),
    log(story, REGISTRY, 'DisputeJudgementSet', [2, false, '0x']),
    log(story, STRANGER, 'DisputeResolved', [1, '0x']),
  ],
]

let postgres: Awaited<ReturnType<typeof startPostgres>>
let chain: Awaited<ReturnType<typeof answerLogs>>
beforeAll(async () => {
  postgres = await startPostgres()
  chain = await answerLogs(postgres, 'disputes', logsOfBlocks(BLOCKS))
})
afterAll(async () => {
  await chain?.close()
  await postgres.stop()
})

test('disputes of a Story asset are attestations of its token, with what became of them; a stranger’s are in no answer', async () => {
  const {asset} = await chain.answer(
    `{asset(id: "eip155:${CHAIN}/erc721:${NFT}/1") {
      attestations {nodes {tag attester {address} contentHash revokedAt uid}} provenance(kinds: [ATTESTATION]) {nodes {__typename blockNumber}}}
    }`,
  )
  const dispute = {attester: {address: BEN}, contentHash: `0x${'7a'.repeat(32)}`}
  expect(asset.attestations.nodes).toHaveLength(2)
  expect(asset.attestations.nodes).toEqual(
    expect.arrayContaining([
      {...dispute, tag: 'IMPROPER_REGISTRATION', revokedAt: null, uid: expect.stringMatching(/01$/)},
      {...dispute, tag: 'CONTENT_STANDARDS_VIOLATION', revokedAt: expect.any(String), uid: expect.stringMatching(/02$/)},
    ]),
  )
  expect(asset.provenance.nodes.map(({blockNumber}: {blockNumber: number}) => blockNumber)).toEqual([1, 1, 2])
  const {attestations} = await chain.answer(`{attestations(where: {attester: {eq: "${REGISTRY}"}}) {nodes {tag refUid}}}`)
  expect(attestations.nodes).toEqual([{tag: 'upheld', refUid: expect.stringMatching(/^0x0+1$/)}])
})
