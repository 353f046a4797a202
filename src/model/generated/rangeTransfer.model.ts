import {Entity as Entity_, Column as Column_, PrimaryColumn as PrimaryColumn_, Index as Index_, BigIntColumn as BigIntColumn_, IntColumn as IntColumn_, DateTimeColumn as DateTimeColumn_, StringColumn as StringColumn_} from "@subsquid/typeorm-store"

/**
 * An ERC-2309 range too large to expand into assets, or naming nothing (docs/decisions/range-expansion.md): stands for a transfer of every id in it. Fact.
 */
@Index_(["collectionId", "id"], {unique: false})
@Entity_()
export class RangeTransfer {
    constructor(props?: Partial<RangeTransfer>) {
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

    @StringColumn_({nullable: true})
    transactionFrom!: string | undefined | null

    @StringColumn_({nullable: false})
    collectionId!: string

    @BigIntColumn_({nullable: false})
    fromTokenId!: bigint

    @BigIntColumn_({nullable: false})
    toTokenId!: bigint

    @StringColumn_({nullable: false})
    from!: string

    @StringColumn_({nullable: false})
    to!: string
}
