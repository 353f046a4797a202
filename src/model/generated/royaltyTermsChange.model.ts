import {Entity as Entity_, Column as Column_, PrimaryColumn as PrimaryColumn_, Index as Index_, BigIntColumn as BigIntColumn_, IntColumn as IntColumn_, DateTimeColumn as DateTimeColumn_, StringColumn as StringColumn_} from "@subsquid/typeorm-store"
import {Authority} from "./_authority"

/**
 * A contract said, or a registry said of it, who is due what of a sale. Fact.
 */
@Index_(["collectionId", "id"], {unique: false})
@Index_(["assetId", "id"], {unique: false})
@Entity_()
export class RoyaltyTermsChange {
    constructor(props?: Partial<RoyaltyTermsChange>) {
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
    collectionId!: string

    /**
     * Null: of all tokens that have no terms of their own.
     */
    @StringColumn_({nullable: true})
    assetId!: string | undefined | null

    /**
     * Recipients and what they are due out of 10 000, `0x…:500,0x…:250`; null: nobody is.
     */
    @StringColumn_({nullable: true})
    shares!: string | undefined | null

    /**
     * The collection's terms are said by this contract from here on; the zero address: by itself.
     */
    @StringColumn_({nullable: true})
    movedTo!: string | undefined | null
}
