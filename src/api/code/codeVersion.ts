import {Arg, Args, Ctx, Field, ObjectType} from 'type-graphql'
import {Account} from '../account/account'
import {sameBetween} from '../asOf/sameBetween'
import {attestations} from '../attestation/attestation'
import type {Context} from '../context'
import type {PageArgs} from '../list/pageArgs'
import type {Scope} from '../list/pageSql'
import type {Narrowing} from '../list/spec'
import {AddressScalar, DateTimeScalar, HexScalar} from '../scalars'
import {ContractUpgrade} from '../upgrade/contractUpgrade'
import {loadAudit} from './loadAudit'
import {type CodeSpan, loadCode, type Moment} from './loadCode'

const IS_TOLD: Narrowing = {table: 'attestation_event', column: 'subject', id: 'attestation_ref'}

const part = (key: string, n: number) => `split_part(${key}, '|', ${n})`

/** An audit names the code itself, or, while that was in force, the contract before it. */
const ofCode: Scope = {
  name: 'code',
  oneChain: true,
  parts: (key) => [
    `t."subject" = ${part(key, 2)} AND t."chain_id" = ${part(key, 1)}::numeric`,
    `t."subject" = ${part(key, 3)} AND t."subject" <> ${part(key, 2)} AND t."chain_id" = ${part(key, 1)}::numeric
     AND t."attestation_id" >= ${part(key, 4)} AND (${part(key, 5)} = '' OR t."attestation_id" < ${part(key, 5)})`,
  ],
  told: {narrowing: IS_TOLD, condition: (key) => `x."subject" IN (${part(key, 2)}, ${part(key, 3)})`},
}

@ObjectType({description: 'The code that a contract ran by at a moment.'})
export class CodeVersion {
  readonly #span: CodeSpan
  constructor(span: CodeSpan) {
    this.#span = span
  }
  @Field(() => Account, {
    description: 'Where the code is: the implementation of a proxy, or of its beacon; the contract itself where no log told of another.',
  })
  get implementation(): Account {
    return new Account(this.#span.code)
  }
  @Field(() => ContractUpgrade, {nullable: true, description: 'What put it in force; null when no log told.'})
  get since(): ContractUpgrade | null {
    return this.#span.upgrade && new ContractUpgrade(this.#span.upgrade)
  }
  @Field(() => DateTimeScalar, {nullable: true, description: 'When it was replaced; null while it is in force.'})
  get until(): Date | null {
    return this.#span.untilTime
  }
  @Field(() => attestations.Connection, {
    description: 'What is vouched for of this code, or, while it was in force, of the contract. Also what was vouched for later.',
  })
  attestations(@Ctx() context: Context, @Args(() => attestations.Args) args: PageArgs): Promise<object> {
    const {chainId, code, contract, since, until} = this.#span
    return attestations.fetchOf(context, ofCode, [chainId, code, contract, since, until].join('|'), args)
  }
  @Field(() => Boolean, {
    description:
      'Whether at that moment one of these attesters vouched for it: attested before, not revoked or expired until then, by a registry that the operator trusts.',
  })
  async audited(
    @Ctx() context: Context,
    @Arg('attesters', () => [AddressScalar], {description: 'Whom to believe.'}) attesters: string[],
    @Arg('schemas', () => [HexScalar], {nullable: true, description: 'Which kinds of attestation count; default: all.'}) schemas:
      | string[]
      | null,
  ): Promise<boolean> {
    return sameBetween(await loadAudit(context, this.#span, attesters, schemas), this.#span.moment.from, this.#span.moment.to)
  }
}

/** Null where the contract is not known to be one. */
export const codeAt = async (context: Context, collectionKey: string, moment: Moment): Promise<CodeVersion> =>
  new CodeVersion(await loadCode(context, collectionKey, moment))
