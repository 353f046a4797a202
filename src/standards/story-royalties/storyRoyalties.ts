import {events} from '../../abi/story-royalties'
import {events as v1} from '../../abi/story-royalties-v1'
import {buildLayout} from '../../domain/abiEvent'
import type {RoyaltyPaid} from '../../domain/event'
import {type Address, parseAddress} from '../../domain/hex'
import type {Standard} from '../../domain/standard'

type Paid = Readonly<{receiverIpId: string; payer: string; token: string; amount: bigint; amountAfterFee: bigint | null; kind: number}>

/**
 * Paid to an IP asset, which is named by its account. `payerIpId` is what the caller says: the payer is who was debited, and why he paid is not
 * told (3, other). Without the fee in the log, the amount is the net.
 */
const paid = ({receiverIpId, payer, token, amount, amountAfterFee, kind}: Paid): readonly RoyaltyPaid[] => {
  const ipId = parseAddress(receiverIpId)
  return [
    {
      type: 'royalty.paid',
      collection: ipId,
      tokenId: 0n,
      namedBy: 'account',
      payer: parseAddress(payer),
      recipient: ipId,
      currency: parseAddress(token),
      gross: amountAfterFee === null ? null : amount,
      amount: amountAfterFee ?? amount,
      basis: null,
      kind,
      licenseId: null,
      saleRef: null,
    },
  ]
}

const [OTHER, LICENSE_FEE] = [3, 1]
/** The same proxy on Story and on its test network Aeneid (deploy-out/deployment-1514.json and -1315.json). */
const ROYALTY_MODULE = '0xd2f60c40febccf6311f8b47c4f2ec6b040400086' as Address

/** What flows on to ancestors, vaults and their holders is the same money again, and left out. The module is a proxy that may log either shape. */
export const storyRoyalties: Standard = {
  name: 'story-royalties',
  title: 'Story Protocol: royalties and minting fees of licences',
  source: 'https://github.com/storyprotocol/protocol-core-v1/blob/main/contracts/interfaces/modules/royalty/IRoyaltyModule.sol',
  deployments: [{address: ROYALTY_MODULE, chains: [1514, 1315]}],
  layouts: [
    buildLayout(events.RoyaltyPaid, (log) => paid({...log, payer: log.sender, kind: OTHER})),
    buildLayout(v1.RoyaltyPaid, (log) => paid({...log, payer: log.sender, amountAfterFee: null, kind: OTHER})),
    buildLayout(events.LicenseMintingFeePaid, (log) => paid({...log, kind: LICENSE_FEE})),
    buildLayout(v1.LicenseMintingFeePaid, (log) => paid({...log, amountAfterFee: null, kind: LICENSE_FEE})),
  ],
}
