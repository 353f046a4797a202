import {Field, Int, ObjectType} from 'type-graphql'
import {ZERO_ADDRESS} from '../../domain/hex'
import {AddressScalar} from '../scalars'

/** https://eips.ethereum.org/EIPS/eip-3085 and the chains' own pages. All have 18 decimals. */
const NATIVE_SYMBOLS: Readonly<Record<string, string>> = {
  '1': 'ETH',
  '10': 'ETH',
  '56': 'BNB',
  '100': 'XDAI',
  '137': 'POL',
  '1514': 'IP',
  '8453': 'ETH',
  '31337': 'ETH',
  '42161': 'ETH',
  '43114': 'AVAX',
  '11155111': 'ETH',
}

@ObjectType({description: "What an amount is counted in: a token, or the chain's native coin."})
export class Currency {
  constructor(
    address: string,
    private readonly chainId: string,
  ) {
    this.address = address
  }

  @Field(() => AddressScalar, {description: 'The token; the zero address: the native coin.'})
  readonly address: string

  @Field(() => String, {nullable: true, description: 'Of known native coins; null for tokens.'})
  get symbol(): string | null {
    return this.address === ZERO_ADDRESS ? (NATIVE_SYMBOLS[this.chainId] ?? null) : null
  }
  @Field(() => Int, {nullable: true, description: 'Of known native coins; null for tokens.'})
  get decimals(): number | null {
    return this.symbol === null ? null : 18
  }
}
