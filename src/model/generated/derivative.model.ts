import {Entity as Entity_, Column as Column_, PrimaryColumn as PrimaryColumn_, Index as Index_, BigIntColumn as BigIntColumn_, IntColumn as IntColumn_, DateTimeColumn as DateTimeColumn_, StringColumn as StringColumn_} from "@subsquid/typeorm-store"
import {Authority} from "./_authority"

/**
 * One edge from a parent asset to what was made from it. Fact.
 */
@Index_(["parentAssetId", "id"], {unique: false})
@Index_(["childAssetId", "id"], {unique: false})
@Entity_()
export class Derivative {
    constructor(props?: Partial<Derivative>) {
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
     * Null with the two below where the parent is no token but content: see parentContent.
     */
    @StringColumn_({nullable: true})
    parentCollectionId!: string | undefined | null

    @StringColumn_({nullable: true})
    parentAssetId!: string | undefined | null

    @BigIntColumn_({nullable: true})
    parentTokenId!: bigint | undefined | null

    /**
     * Hash of a data set, model or other content that is no token.
     */
    @StringColumn_({nullable: true})
    parentContent!: string | undefined | null

    @StringColumn_({nullable: false})
    childCollectionId!: string

    @StringColumn_({nullable: false})
    childAssetId!: string

    @BigIntColumn_({nullable: false})
    childTokenId!: bigint

    /**
     * License.id that was exercised; null: the owner's own work.
     */
    @StringColumn_({nullable: true})
    licenseRef!: string | undefined | null

    /**
     * Out of 10 000.
     */
    @IntColumn_({nullable: false})
    royaltyBps!: number

    /**
     * 0 derivative, 1 reproduction, 2 clone, 3 model fine-tune or training.
     */
    @IntColumn_({nullable: false})
    relation!: number
}
