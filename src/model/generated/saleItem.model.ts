import {Entity as Entity_, Column as Column_, PrimaryColumn as PrimaryColumn_, Index as Index_, BigIntColumn as BigIntColumn_, StringColumn as StringColumn_} from "@subsquid/typeorm-store"

/**
 * A token that a sale moved. Part of a sale: its key is the sale's and a number.
 */
@Index_(["assetId", "saleId"], {unique: false})
@Index_(["collectionId", "saleId"], {unique: false})
@Entity_()
export class SaleItem {
    constructor(props?: Partial<SaleItem>) {
        Object.assign(this, props)
    }

    @PrimaryColumn_()
    id!: string

    @BigIntColumn_({nullable: false})
    chainId!: bigint

    @Index_()
    @StringColumn_({nullable: false})
    saleId!: string

    @StringColumn_({nullable: false})
    collectionId!: string

    @StringColumn_({nullable: false})
    assetId!: string

    @BigIntColumn_({nullable: false})
    tokenId!: bigint

    /**
     * ERC-1155: how many of the id.
     */
    @BigIntColumn_({nullable: false})
    amount!: bigint

    @StringColumn_({nullable: false})
    from!: string

    @StringColumn_({nullable: false})
    to!: string
}
