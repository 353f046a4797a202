import {Entity as Entity_, Column as Column_, PrimaryColumn as PrimaryColumn_, Index as Index_, BigIntColumn as BigIntColumn_, IntColumn as IntColumn_, DateTimeColumn as DateTimeColumn_, StringColumn as StringColumn_} from "@subsquid/typeorm-store"
import {Authority} from "./_authority"
import {SplitChangeKind} from "./_splitChangeKind"

/**
 * Who shares what a split contract is paid (0xSplits). Fact.
 */
@Index_(["split", "id"], {unique: false})
@Entity_()
export class SplitChange {
    constructor(props?: Partial<SplitChange>) {
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

    @Column_("varchar", {length: 7, nullable: false})
    kind!: SplitChangeKind

    /**
     * How the shares are known: log, input (of the transaction, proven by the hash that the protocol stores), or unknown: <why>.
     */
    @StringColumn_({nullable: false})
    source!: string

    /**
     * Rows of SplitShare.
     */
    @IntColumn_({nullable: false})
    shareCount!: number

    /**
     * What all allocations are parts of.
     */
    @BigIntColumn_({nullable: false})
    totalAllocation!: bigint

    /**
     * What whoever distributes may keep first, out of 1 000 000.
     */
    @IntColumn_({nullable: false})
    distributorFee!: number

    /**
     * Who may change it; null: nobody, or not told.
     */
    @StringColumn_({nullable: true})
    controller!: string | undefined | null
}
