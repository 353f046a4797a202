import {Entity as Entity_, Column as Column_, PrimaryColumn as PrimaryColumn_, BigIntColumn as BigIntColumn_, StringColumn as StringColumn_, Index as Index_} from "@subsquid/typeorm-store"

/**
 * What the contract of a sold token answered when it was asked what is due of the price (ERC-2981). Part of a sale: its key is the sale's and a number.
 */
@Entity_()
export class RoyaltyDue {
    constructor(props?: Partial<RoyaltyDue>) {
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
    assetId!: string

    /**
     * The part of the price that it was asked about: an equal share where several tokens were sold.
     */
    @BigIntColumn_({nullable: false})
    basis!: bigint

    /**
     * By the state after the block of the sale; null with the amount: nothing is due, or it is not known.
     */
    @StringColumn_({nullable: true})
    recipient!: string | undefined | null

    @BigIntColumn_({nullable: true})
    amount!: bigint | undefined | null

    /**
     * By the state before the block, where that is another answer.
     */
    @StringColumn_({nullable: true})
    parentRecipient!: string | undefined | null

    @BigIntColumn_({nullable: true})
    parentAmount!: bigint | undefined | null

    /**
     * call; ambiguous: the answers before and after the block differ; invalid: more than the price; none: <why> or unknown: <why>
     */
    @StringColumn_({nullable: false})
    source!: string
}
