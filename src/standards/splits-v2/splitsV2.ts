import {events} from '../../abi/splits-v2'
import {events as nonce} from '../../abi/splits-v2-nonce'
import {events as plain} from '../../abi/splits-v2-plain'
import {buildLayout} from '../../domain/abiEvent'
import type {SplitChanged} from '../../domain/event'
import {type Address, parseAddress, ZERO_ADDRESS} from '../../domain/hex'
import {DecodeError, type Deployment, type Standard} from '../../domain/standard'

/** Factories of pull and push splits of 2.0, 2.1 and 2.2, as @0xsplits/splits-sdk 6.6.0 lists them. */
const FACTORIES: readonly Deployment[] = [
  '0x80f1b766817d04870f115febbccadf8dbf75e017',
  '0xadc87646f736d6a82e9a6539cddc488b2aa07f38',
  '0x5cba88d55cec83cad5a105ad40c8c9af20be21d1',
  '0xdc6259e13ec0621e6f19026b2e49d846525548ed',
  '0x6b9118074ab15142d7524e8c4ea8f62a3bdb98f1',
  '0x8e8eb0cc6ae34a38b67d5cf91aca38f60bc3ecf4',
].map((address) => ({address: address as Address, chains: [1, 10, 56, 100, 137, 8453, 42161, 7777777, 11155111]}))

/** How the protocol writes the native coin. */
const NATIVE = '0xeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee' as Address
/** More recipients than a split can pay in one block; each is a row (INV-8). */
const MAX_RECIPIENTS = 1_000

type Split = Readonly<{
  recipients: readonly string[]
  allocations: readonly bigint[]
  totalAllocation: bigint
  distributionIncentive: number
}>

function changed(split: string, kind: SplitChanged['kind'], params: Split, owner: string | null): readonly SplitChanged[] {
  const {recipients, allocations, totalAllocation, distributionIncentive} = params
  if (recipients.length !== allocations.length) throw new DecodeError('malformed', 'recipients and allocations differ in number')
  if (recipients.length > MAX_RECIPIENTS) throw new DecodeError('too_large', `${recipients.length} recipients`)
  const controller = owner === null ? null : parseAddress(owner)
  return [
    {
      type: 'split.changed',
      split: parseAddress(split),
      kind,
      shares: recipients.map((recipient, i) => ({recipient: parseAddress(recipient), allocation: allocations[i] as bigint})),
      totalAllocation,
      distributorFee: distributionIncentive,
      controller: controller === ZERO_ADDRESS ? null : controller,
      source: 'log',
    },
  ]
}

/** A split says of itself whom it pays, when it is made and when it is changed; its factory says it again right behind, with the owner. */
export const splitsV2: Standard = {
  name: 'splits-v2',
  title: '0xSplits 2.0 to 2.2',
  source: 'https://github.com/0xSplits/splits-contracts-monorepo/tree/main/packages/splits-v2',
  deployments: FACTORIES,
  layouts: [
    buildLayout(events.SplitUpdated, ({split}, log) => changed(log.address, 'updated', split, null)),
    buildLayout(events.SplitCreated, ({split, splitParams, owner}) => changed(split, 'created', splitParams, owner)),
    buildLayout(nonce.SplitCreated, ({split, splitParams, owner}) => changed(split, 'created', splitParams, owner)),
    buildLayout(plain.SplitCreated, ({split, splitParams, owner}) => changed(split, 'created', splitParams, owner)),
    buildLayout(events.SplitDistributed, ({token, distributor, amount}, log) => {
      const currency = parseAddress(token)
      return [
        {
          type: 'split.distributed',
          split: log.address,
          currency: currency === NATIVE ? ZERO_ADDRESS : currency,
          amount,
          distributor: parseAddress(distributor),
        },
      ]
    }),
  ],
}
