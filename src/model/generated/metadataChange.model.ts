import {Entity as Entity_, Column as Column_, PrimaryColumn as PrimaryColumn_, Index as Index_, BigIntColumn as BigIntColumn_, IntColumn as IntColumn_, DateTimeColumn as DateTimeColumn_, StringColumn as StringColumn_} from "@subsquid/typeorm-store"
import {MetadataScope} from "./_metadataScope"

/**
 * A contract said that metadata changed. A range stays one row. Fact.
 */
@Index_(["collectionId", "id"], {unique: false})
@Index_(["collectionId", "scope", "id"], {unique: false})
@Index_(["assetId", "id"], {unique: false})
@Index_(["timestamp", "id"], {unique: false})
@Entity_()
export class MetadataChange {
    constructor(props?: Partial<MetadataChange>) {
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

    @Column_("varchar", {length: 8, nullable: false})
    scope!: MetadataScope

    /**
     * Scope token only.
     */
    @StringColumn_({nullable: true})
    assetId!: string | undefined | null

    /**
     * Scope token and range; null for contract.
     */
    @BigIntColumn_({nullable: true})
    fromTokenId!: bigint | undefined | null

    /**
     * Inclusive; null for contract, and for a range that is open-ended (2^256-1 in the log). May be below fromTokenId, as logged: names nothing.
     */
    @BigIntColumn_({nullable: true})
    toTokenId!: bigint | undefined | null

    /**
     * The new URI when the log carries it.
     */
    @StringColumn_({nullable: true})
    uri!: string | undefined | null
}
