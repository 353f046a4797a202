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

    @StringColumn_({nullable: false})
    parentCollectionId!: string

    @StringColumn_({nullable: false})
    parentAssetId!: string

    @BigIntColumn_({nullable: false})
    parentTokenId!: bigint

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
