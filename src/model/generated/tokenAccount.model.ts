import {Entity as Entity_, Column as Column_, PrimaryColumn as PrimaryColumn_, Index as Index_, BigIntColumn as BigIntColumn_, StringColumn as StringColumn_} from "@subsquid/typeorm-store"

/**
 * Which token an account belongs to, as somebody told who can be believed. State; the first one stands.
 */
@Index_(["account", "id"], {unique: false})
@Entity_()
export class TokenAccount {
    constructor(props?: Partial<TokenAccount>) {
        Object.assign(this, props)
    }

    /**
     * <chainId>-<account>
     */
    @PrimaryColumn_()
    id!: string

    @BigIntColumn_({nullable: false})
    chainId!: bigint

    @StringColumn_({nullable: false})
    account!: string

    @StringColumn_({nullable: false})
    collectionId!: string

    @StringColumn_({nullable: false})
    assetId!: string

    @StringColumn_({nullable: false})
    bindingId!: string
}
