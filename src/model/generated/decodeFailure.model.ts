import {Entity as Entity_, Column as Column_, PrimaryColumn as PrimaryColumn_, Index as Index_, BigIntColumn as BigIntColumn_, IntColumn as IntColumn_, DateTimeColumn as DateTimeColumn_, StringColumn as StringColumn_} from "@subsquid/typeorm-store"

/**
 * A log that matched a standard's topic but could not be decoded (INV-2). Fact.
 */
@Index_(["address", "id"], {unique: false})
@Index_(["reason", "id"], {unique: false})
@Entity_()
export class DecodeFailure {
    constructor(props?: Partial<DecodeFailure>) {
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
    address!: string

    @StringColumn_({nullable: false})
    topic0!: string

    @IntColumn_({nullable: false})
    topicCount!: number

    @IntColumn_({nullable: false})
    dataBytes!: number

    /**
     * Event signature it was taken for.
     */
    @StringColumn_({nullable: false})
    signature!: string

    /**
     * Machine-readable: unknown_layout, malformed, out_of_range, text_invalid, too_large.
     */
    @StringColumn_({nullable: false})
    reason!: string

    @StringColumn_({nullable: false})
    detail!: string
}
