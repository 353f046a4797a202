import {Entity as Entity_, Column as Column_, PrimaryColumn as PrimaryColumn_, Index as Index_, BigIntColumn as BigIntColumn_, IntColumn as IntColumn_, DateTimeColumn as DateTimeColumn_, StringColumn as StringColumn_, BooleanColumn as BooleanColumn_} from "@subsquid/typeorm-store"
import {Authority} from "./_authority"
import {RecipientRole} from "./_recipientRole"

/**
 * Money that a log says was paid for an asset; or the royalty among the parts of a sale, in its place. Fact.
 */
@Index_(["assetId", "id"], {unique: false})
@Index_(["collectionId", "id"], {unique: false})
@Index_(["recipient", "id"], {unique: false})
@Index_(["payer", "id"], {unique: false})
@Index_(["timestamp", "id"], {unique: false})
@Index_(["licenseRef", "id"], {unique: false})
@Entity_()
export class RoyaltyPayment {
    constructor(props?: Partial<RoyaltyPayment>) {
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
    collectionId!: string

    @StringColumn_({nullable: false})
    assetId!: string

    @BigIntColumn_({nullable: false})
    tokenId!: bigint

    @StringColumn_({nullable: false})
    payer!: string

    @StringColumn_({nullable: false})
    recipient!: string

    @StringColumn_({nullable: false})
    currency!: string

    /**
     * Before deductions; null when the log does not tell.
     */
    @BigIntColumn_({nullable: true})
    gross!: bigint | undefined | null

    /**
     * Net: what the recipient received.
     */
    @BigIntColumn_({nullable: false})
    amount!: bigint

    /**
     * Sale price or revenue it was computed from; null when unknown.
     */
    @BigIntColumn_({nullable: true})
    basis!: bigint | undefined | null

    /**
     * 0 sale royalty, 1 licence fee, 2 derivative share, 3 other.
     */
    @IntColumn_({nullable: false})
    kind!: number

    /**
     * License.id it was paid for.
     */
    @StringColumn_({nullable: true})
    licenseRef!: string | undefined | null

    /**
     * Marketplace order hash.
     */
    @StringColumn_({nullable: true})
    saleRef!: string | undefined | null

    /**
     * Sale.id of the sale that it is a part of; null for what a log of its own told.
     */
    @StringColumn_({nullable: true})
    saleId!: string | undefined | null

    /**
     * Whether the asset's share of a royalty for several assets was reckoned by us: the sale has one price.
     */
    @BooleanColumn_({nullable: false})
    isEstimate!: boolean

    /**
     * What the recipient is; null: neither the log nor the operator says.
     */
    @Column_("varchar", {length: 15, nullable: true})
    role!: RecipientRole | undefined | null
}
