import {Entity as Entity_, Column as Column_, PrimaryColumn as PrimaryColumn_, Index as Index_, BigIntColumn as BigIntColumn_, IntColumn as IntColumn_, DateTimeColumn as DateTimeColumn_, StringColumn as StringColumn_} from "@subsquid/typeorm-store"
import {ContractChangeKind} from "./_contractChangeKind"

/**
 * The code behind a contract changed, or who may change it. Fact.
 */
@Index_(["collectionId", "id"], {unique: false})
@Index_(["timestamp", "id"], {unique: false})
@Index_(["implementation", "id"], {unique: false})
@Entity_()
export class ContractUpgrade {
    constructor(props?: Partial<ContractUpgrade>) {
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
    address!: string

    @Column_("varchar", {length: 13, nullable: false})
    kind!: ContractChangeKind

    /**
     * upgraded only.
     */
    @StringColumn_({nullable: true})
    implementation!: string | undefined | null

    /**
     * Null: the first one that was seen.
     */
    @StringColumn_({nullable: true})
    previousImplementation!: string | undefined | null

    /**
     * beaconChanged only.
     */
    @StringColumn_({nullable: true})
    beacon!: string | undefined | null

    /**
     * adminChanged only.
     */
    @StringColumn_({nullable: true})
    admin!: string | undefined | null

    @StringColumn_({nullable: true})
    previousAdmin!: string | undefined | null

    /**
     * facetsChanged only: JSON array of {facet, action, selectors}.
     */
    @StringColumn_({nullable: true})
    facets!: string | undefined | null
}
