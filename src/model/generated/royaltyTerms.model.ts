import {Entity as Entity_, Column as Column_, PrimaryColumn as PrimaryColumn_, BigIntColumn as BigIntColumn_, StringColumn as StringColumn_} from "@subsquid/typeorm-store"

/**
 * Who is due what of a sale by the last word of those who may say it. State.
 */
@Entity_()
export class RoyaltyTerms {
    constructor(props?: Partial<RoyaltyTerms>) {
        Object.assign(this, props)
    }

    /**
     * <chainId>-<contract>, with -<tokenId> behind it for terms of one token
     */
    @PrimaryColumn_()
    id!: string

    @BigIntColumn_({nullable: false})
    chainId!: bigint

    @StringColumn_({nullable: true})
    shares!: string | undefined | null

    /**
     * Where the terms of this collection are; null: here.
     */
    @StringColumn_({nullable: true})
    movedTo!: string | undefined | null

    @StringColumn_({nullable: false})
    changeId!: string
}
