import {Entity as Entity_, Column as Column_, PrimaryColumn as PrimaryColumn_, Index as Index_, BigIntColumn as BigIntColumn_, IntColumn as IntColumn_, DateTimeColumn as DateTimeColumn_, StringColumn as StringColumn_} from "@subsquid/typeorm-store"
import {Authority} from "./_authority"

/**
 * An account was bound to a token (ERC-6551). Fact.
 */
@Index_(["assetId", "id"], {unique: false})
@Index_(["account", "id"], {unique: false})
@Entity_()
export class AccountBinding {
    constructor(props?: Partial<AccountBinding>) {
        Object.assign(this, props)
    }

    @PrimaryColumn_()
    id!: string

    @BigIntColumn_({nullable: false})
    chainId!: bigint

    @IntColumn_({nullable: false})
    blockNumber!: number

    @IntColumn_({nullable: false})
    logIndex!: number

    @DateTimeColumn_({nullable: false})
    timestamp!: Date

    @StringColumn_({nullable: false})
    transactionHash!: string

    @StringColumn_({nullable: false})
    emitter!: string

    @StringColumn_({nullable: false})
    standard!: string

    /**
     * self: the address of the account is derived from the token, so it proves itself.
     */
    @Column_("varchar", {length: 10, nullable: false})
    authority!: Authority

    @StringColumn_({nullable: false})
    account!: string

    @StringColumn_({nullable: true})
    implementation!: string | undefined | null

    /**
     * Of the token: perhaps on another chain, whose id the keys begin with.
     */
    @StringColumn_({nullable: false})
    collectionId!: string

    @StringColumn_({nullable: false})
    assetId!: string

    @BigIntColumn_({nullable: false})
    tokenChainId!: bigint

    @BigIntColumn_({nullable: false})
    tokenId!: bigint
}
