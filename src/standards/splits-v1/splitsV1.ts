import {events} from '../../abi/splits-v1'
import {events as told} from '../../abi/splits-v1-told'
import {buildAskingLayout, buildLayout} from '../../domain/abiEvent'
import type {SplitChanged} from '../../domain/event'
import {type Address, parseAddress, ZERO_ADDRESS} from '../../domain/hex'
import {DecodeError, type Deployment, type EventLayout, type Standard} from '../../domain/standard'
import {findRecipients, recipientQuestions, type SplitParams} from './recipients'

/** SplitMain, as @0xsplits/splits-sdk 6.6.0 lists it. */
const MAIN: readonly Deployment[] = [
  {address: '0x2ed6c4b5da6378c7897ac67ba9e43102feb694ee' as Address, chains: [1, 10, 100, 137, 8453, 42161, 81457, 7777777]},
  {address: '0x5924cd81dc672151527b1e4b5ef57b69cbd07eda' as Address, chains: [56]},
  {address: '0x54e4a6014d36c381fc43b7e24a1492f556139a6f' as Address, chains: [11155111]},
  {address: '0xfc8a305728051367797dade6aa0344e0987f5286' as Address, chains: [17000]},
]
/** Allocations of all accounts add up to it. */
const WHOLE = 1_000_000n
/** Each is a row (INV-8). */
const MAX_RECIPIENTS = 1_000

function changed(
  split: string,
  kind: SplitChanged['kind'],
  params: SplitParams,
  controller: string,
  source: string,
): readonly SplitChanged[] {
  const {accounts, allocations, distributorFee} = params
  if (accounts.length !== allocations.length) throw new DecodeError('malformed', 'accounts and allocations differ in number')
  if (accounts.length > MAX_RECIPIENTS) throw new DecodeError('too_large', `${accounts.length} recipients`)
  if (distributorFee > WHOLE) throw new DecodeError('out_of_range', `a fee of ${distributorFee} out of ${WHOLE}`)
  const owner = parseAddress(controller)
  return [
    {
      type: 'split.changed',
      split: parseAddress(split),
      kind,
      shares: accounts.map((account, i) => ({recipient: parseAddress(account), allocation: BigInt(allocations[i] as number)})),
      totalAllocation: WHOLE,
      distributorFee,
      controller: owner === ZERO_ADDRESS ? null : owner,
      source,
    },
  ]
}

const NOBODY: SplitParams = {accounts: [], allocations: [], distributorFee: 0}

const asked = (event: typeof events.CreateSplit | typeof events.UpdateSplit, kind: SplitChanged['kind']): EventLayout => ({
  ...buildAskingLayout(event, {
    asks: ({split}, log) => recipientQuestions(log.address, parseAddress(split)),
    decode: ({split}, _, answers) => {
      const found = findRecipients(answers)
      return changed(split, kind, found.params ?? NOBODY, ZERO_ADDRESS, found.source)
    },
  }),
  asksBelieved: true,
})

/**
 * SplitMain keeps only a hash of whom a split pays. Its first version logs nothing of them: they stand in the input of the transaction, and
 * prove themselves by that hash. Later versions log them.
 */
export const splitsV1: Standard = {
  name: 'splits-v1',
  title: '0xSplits 1',
  source: 'https://github.com/0xSplits/splits-contracts',
  deployments: MAIN,
  layouts: [
    asked(events.CreateSplit, 'created'),
    asked(events.UpdateSplit, 'updated'),
    buildLayout(told.CreateSplit, ({split, accounts, percentAllocations, distributorFee, controller}) =>
      changed(split, 'created', {accounts, allocations: percentAllocations, distributorFee}, controller, 'log'),
    ),
    buildLayout(told.UpdateSplit, ({split, accounts, percentAllocations, distributorFee}) =>
      changed(split, 'updated', {accounts, allocations: percentAllocations, distributorFee}, ZERO_ADDRESS, 'log'),
    ),
    buildLayout(events.DistributeETH, ({split, amount, distributorAddress}) => [
      {
        type: 'split.distributed',
        split: parseAddress(split),
        currency: ZERO_ADDRESS,
        amount,
        distributor: parseAddress(distributorAddress),
      },
    ]),
    buildLayout(events.DistributeERC20, ({split, token, amount, distributorAddress}) => [
      {
        type: 'split.distributed',
        split: parseAddress(split),
        currency: parseAddress(token),
        amount,
        distributor: parseAddress(distributorAddress),
      },
    ]),
  ],
}
