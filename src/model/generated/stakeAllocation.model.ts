import {Entity as Entity_, Column as Column_, PrimaryColumn as PrimaryColumn_, Index as Index_, BigIntColumn as BigIntColumn_, IntColumn as IntColumn_, DateTimeColumn as DateTimeColumn_, StringColumn as StringColumn_} from "@subsquid/typeorm-store"
import {Authority} from "./_authority"

/**
 * A stake was put behind an asset or something else. Fact.
 */
@Index_(["assetId", "id"], {unique: false})
@Index_(["collectionId", "id"], {unique: false})
@Index_(["staker", "id"], {unique: false})
@Index_(["timestamp", "id"], {unique: false})
@Entity_()
export class StakeAllocation {
    constructor(props?: Partial<StakeAllocation>) {
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

    /**
     * Null with assetId and tokenId: behind no asset.
     */
    @StringColumn_({nullable: true})
    collectionId!: string | undefined | null

    @StringColumn_({nullable: true})
    assetId!: string | undefined | null

    @BigIntColumn_({nullable: true})
    tokenId!: bigint | undefined | null

    @StringColumn_({nullable: false})
    staker!: string

    /**
     * For whom; null: not told.
     */
    @StringColumn_({nullable: true})
    beneficiary!: string | undefined | null

    @StringColumn_({nullable: false})
    currency!: string

    @BigIntColumn_({nullable: false})
    amount!: bigint

    /**
     * What it is for, in the contract's words.
     */
    @StringColumn_({nullable: true})
    purpose!: string | undefined | null
}
