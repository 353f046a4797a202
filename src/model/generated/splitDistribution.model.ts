import {Entity as Entity_, Column as Column_, PrimaryColumn as PrimaryColumn_, Index as Index_, BigIntColumn as BigIntColumn_, IntColumn as IntColumn_, DateTimeColumn as DateTimeColumn_, StringColumn as StringColumn_} from "@subsquid/typeorm-store"
import {Authority} from "./_authority"

/**
 * A split paid out what it had of a currency. Fact.
 */
@Index_(["split", "id"], {unique: false})
@Entity_()
export class SplitDistribution {
    constructor(props?: Partial<SplitDistribution>) {
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

    @Column_("varchar", {length: 10, nullable: false})
    authority!: Authority

    @StringColumn_({nullable: false})
    split!: string

    @StringColumn_({nullable: false})
    currency!: string

    /**
     * Before the fee of whoever distributed it.
     */
    @BigIntColumn_({nullable: false})
    amount!: bigint

    @StringColumn_({nullable: false})
    distributor!: string
}
