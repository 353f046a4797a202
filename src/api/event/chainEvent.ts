import {Ctx, Field, Int, InterfaceType, registerEnumType} from 'type-graphql'
import {formatChainId} from '../../domain/caip'
import {blockId, parseEventKey} from '../../domain/ids'
import {Account} from '../account/account'
import {isFinal} from '../chainState'
import type {Context} from '../context'
import {DateTimeScalar, HexScalar} from '../scalars'

export const Finality = {FINAL: 'FINAL', HEAD: 'HEAD'} as const
registerEnumType(Finality, {
  name: 'Finality',
  description: 'Whether a fork can still take something back.',
  valuesConfig: {FINAL: {description: 'The chain will not take it back.'}, HEAD: {description: 'Near the head: a fork may remove it.'}},
})

export const Authority = {SELF: 'self', TRUSTED: 'trusted', UNVERIFIED: 'unverified'} as const
registerEnumType(Authority, {
  name: 'Authority',
  description: 'Whose word it is about the asset.',
  valuesConfig: {
    SELF: {description: "The asset's own contract emitted it."},
    TRUSTED: {description: "A contract on the operator's list emitted it."},
    UNVERIFIED: {description: "Somebody else's claim; left out unless includeUnverified."},
  },
})

/** What every stored fact has. */
export type FactRow = Readonly<{
  id: string
  chainId: string
  blockNumber: number
  logIndex: number
  timestamp: Date
  transactionHash: string
}>

@InterfaceType({
  description: 'Something that a log told. Its id is its place in chain order: chain, block, log index, sub index, at fixed width.',
  resolveType: (value: ChainEvent) => value.constructor.name,
})
export abstract class ChainEvent {
  readonly #emitter: string
  readonly #authority: string

  /** `emitter`: the address of the contract that logged it. */
  constructor(
    readonly fact: FactRow,
    emitter: string,
    authority: string = Authority.SELF,
  ) {
    this.#emitter = emitter
    this.#authority = authority
  }

  @Field(() => String, {description: 'Event key: sorts in chain order. The same log has the same id in every run.'})
  get id(): string {
    return this.fact.id
  }
  @Field(() => String, {description: 'CAIP-2.'})
  get chainId(): string {
    return formatChainId(Number(this.fact.chainId))
  }
  @Field(() => Int, {description: 'Number of the block that holds the log.'})
  get blockNumber(): number {
    return this.fact.blockNumber
  }
  @Field(() => HexScalar, {description: 'Hash of that block: with the id it tells one log from another that a fork put in its place.'})
  async blockHash(@Ctx() {load}: Context): Promise<string> {
    const block = await load.block.load(blockId(Number(this.fact.chainId), this.fact.blockNumber))
    return block?.hash ?? '0x'
  }
  @Field(() => Int, {description: 'Position of the log in its block.'})
  get logIndex(): number {
    return this.fact.logIndex
  }
  @Field(() => Int, {description: 'Position among the events that one log became: entries of an ERC-1155 batch, ids of an ERC-2309 range.'})
  get subIndex(): number {
    return parseEventKey(this.fact.id).subIndex
  }
  @Field(() => HexScalar, {description: 'Hash of the transaction that logged it.'})
  get transactionHash(): string {
    return this.fact.transactionHash
  }
  @Field(() => DateTimeScalar, {description: "The block's time."})
  get timestamp(): Date {
    return this.fact.timestamp
  }
  @Field(() => Account, {description: 'The contract that logged it.'})
  get emitter(): Account {
    return new Account(this.#emitter)
  }
  @Field(() => Authority, {
    description:
      "Whose word it is about the asset; a derivative is the child's to declare. SELF also for what is about the emitter alone: upgrades, logs that could not be read.",
  })
  get authority(): string {
    return this.#authority
  }
  @Field(() => Finality, {description: 'Whether a fork can still take it back.'})
  async finality(@Ctx() context: Context): Promise<string> {
    return isFinal(await context.chains(), this.fact.chainId, this.fact.blockNumber) ? Finality.FINAL : Finality.HEAD
  }
}
