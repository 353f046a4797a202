import {Entity as Entity_, Column as Column_, PrimaryColumn as PrimaryColumn_, BigIntColumn as BigIntColumn_, StringColumn as StringColumn_, Index as Index_, IntColumn as IntColumn_} from "@subsquid/typeorm-store"

/**
 * An order log that tells of a sale: the two sides of a match are two. Part of a sale: its key is the sale's and a number.
 */
@Entity_()
export class SaleOrder {
    constructor(props?: Partial<SaleOrder>) {
        Object.assign(this, props)
    }

    @PrimaryColumn_()
    id!: string

    @BigIntColumn_({nullable: false})
    chainId!: bigint

    @Index_()
    @StringColumn_({nullable: false})
    saleId!: string

    @Index_()
    @StringColumn_({nullable: false})
    orderRef!: string

    @StringColumn_({nullable: false})
    maker!: string

    @IntColumn_({nullable: false})
    orderLogIndex!: number
}
