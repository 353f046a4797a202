import {Entity as Entity_, Column as Column_, PrimaryColumn as PrimaryColumn_, Index as Index_, BigIntColumn as BigIntColumn_, StringColumn as StringColumn_} from "@subsquid/typeorm-store"

/**
 * ERC-1155 holding of one account. State; zero rows are kept, a negative amount shows a contract whose logs do not add up.
 */
@Index_(["account", "id"], {unique: false})
@Index_(["assetId", "account"], {unique: false})
@Index_(["assetId", "amount", "id"], {unique: false})
@Entity_()
export class Balance {
    constructor(props?: Partial<Balance>) {
        Object.assign(this, props)
    }

    /**
     * <assetId>-<account>
     */
    @PrimaryColumn_()
    id!: string

    @BigIntColumn_({nullable: false})
    chainId!: bigint

    @StringColumn_({nullable: false})
    collectionId!: string

    @StringColumn_({nullable: false})
    assetId!: string

    @StringColumn_({nullable: false})
    account!: string

    @BigIntColumn_({nullable: false})
    amount!: bigint

    /**
     * Event key of the last transfer that changed the amount.
     */
    @StringColumn_({nullable: false})
    lastTransferId!: string
}
