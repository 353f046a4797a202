import {Entity as Entity_, Column as Column_, PrimaryColumn as PrimaryColumn_, BigIntColumn as BigIntColumn_, StringColumn as StringColumn_, IntColumn as IntColumn_} from "@subsquid/typeorm-store"

/**
 * A contract that a configured factory created: indexed from the block of its creation on. State.
 */
@Entity_()
export class FactoryContract {
    constructor(props?: Partial<FactoryContract>) {
        Object.assign(this, props)
    }

    /**
     * <chainId>-<address>
     */
    @PrimaryColumn_()
    id!: string

    @BigIntColumn_({nullable: false})
    chainId!: bigint

    @StringColumn_({nullable: false})
    address!: string

    @StringColumn_({nullable: false})
    factory!: string

    /**
     * Number of the block.
     */
    @IntColumn_({nullable: false})
    createdIn!: number

    @StringColumn_({nullable: false})
    creationId!: string
}
