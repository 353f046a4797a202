import {Entity as Entity_, Column as Column_, PrimaryColumn as PrimaryColumn_, Index as Index_, BigIntColumn as BigIntColumn_, IntColumn as IntColumn_, DateTimeColumn as DateTimeColumn_, StringColumn as StringColumn_, BooleanColumn as BooleanColumn_} from "@subsquid/typeorm-store"

/**
 * A token was locked or unlocked. Fact; the last one tells.
 */
@Index_(["assetId", "id"], {unique: false})
@Index_(["collectionId", "id"], {unique: false})
@Entity_()
export class TokenLock {
    constructor(props?: Partial<TokenLock>) {
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
    collectionId!: string

    @StringColumn_({nullable: false})
    standard!: string

    @StringColumn_({nullable: false})
    assetId!: string

    @BigIntColumn_({nullable: false})
    tokenId!: bigint

    @BooleanColumn_({nullable: false})
    locked!: boolean
}
