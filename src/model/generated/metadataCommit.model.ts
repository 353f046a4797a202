import {Entity as Entity_, Column as Column_, PrimaryColumn as PrimaryColumn_, Index as Index_, BigIntColumn as BigIntColumn_, IntColumn as IntColumn_, DateTimeColumn as DateTimeColumn_, StringColumn as StringColumn_} from "@subsquid/typeorm-store"
import {Authority} from "./_authority"

/**
 * Somebody wrote down on chain what content is. Fact.
 */
@Index_(["assetId", "id"], {unique: false})
@Index_(["collectionId", "id"], {unique: false})
@Index_(["contentHash", "id"], {unique: false})
@Index_(["cidHash", "id"], {unique: false})
@Index_(["timestamp", "id"], {unique: false})
@Entity_()
export class MetadataCommit {
    constructor(props?: Partial<MetadataCommit>) {
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
     * Null: the log names no asset (ERC-7053).
     */
    @StringColumn_({nullable: true})
    collectionId!: string | undefined | null

    @StringColumn_({nullable: true})
    assetId!: string | undefined | null

    @BigIntColumn_({nullable: true})
    tokenId!: bigint | undefined | null

    /**
     * Who committed.
     */
    @StringColumn_({nullable: false})
    by!: string

    @StringColumn_({nullable: true})
    contentHash!: string | undefined | null

    /**
     * keccak256 of the content identifier.
     */
    @StringColumn_({nullable: true})
    cidHash!: string | undefined | null

    @StringColumn_({nullable: true})
    uri!: string | undefined | null

    @StringColumn_({nullable: true})
    note!: string | undefined | null
}
