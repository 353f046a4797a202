import {events} from '../../abi/erc8004-validation'
import {buildLayout} from '../../domain/abiEvent'
import {type Address, parseAddress, parseHash32, ZERO_HASH} from '../../domain/hex'

/** The registry of agents is one contract on every main chain, another on every test chain (erc-8004-contracts, README). */
const AGENTS = parseAddress('0x8004A169FB4a3325136EB29fA0ceB6D2e539a432')
const TEST_AGENTS = parseAddress('0x8004A818BFB912233c491871b3d84c89A494BD9e')
const TEST_CHAINS: ReadonlySet<number> = new Set([97, 1301, 10143, 43113, 59141, 80002, 84532, 421614, 11155111, 11155420])

const agentsOf = (chainId: number): Address => (TEST_CHAINS.has(chainId) ? TEST_AGENTS : AGENTS)

/**
 * A validator's verdict on a request about an agent, 0 to 100: an attestation, whose name is the hash of the request. It may come again (soft,
 * then hard finality, told apart by `tag`): the last one counts.
 */
export const validationResponse = buildLayout(events.ValidationResponse, (said, {chainId}) => [
  {
    type: 'attestation.made',
    uid: parseHash32(said.requestHash),
    attester: parseAddress(said.validatorAddress),
    subject: agentsOf(chainId),
    tokenId: said.agentId,
    schema: null,
    expiry: null,
    score: said.response,
    tag: said.tag || null,
    contentHash: said.responseHash === ZERO_HASH ? null : parseHash32(said.responseHash),
    uri: said.responseURI || null,
  },
])
