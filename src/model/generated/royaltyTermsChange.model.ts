import {Entity as Entity_, Column as Column_, PrimaryColumn as PrimaryColumn_, Index as Index_, BigIntColumn as BigIntColumn_, IntColumn as IntColumn_, DateTimeColumn as DateTimeColumn_, StringColumn as StringColumn_} from "@subsquid/typeorm-store"
import {Authority} from "./_authority"

/**
 * A contract said who is due what of a sale of its tokens, or a registry said which contract tells that. Fact.
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

    /**
     * Whose terms they are: a collection, or a contract that collections are sent to.
     */
    @StringColumn_({nullable: false})
    collectionId!: string

    /**
     * Null: of all tokens that have no terms of their own.
     */
    @StringColumn_({nullable: true})
    assetId!: string | undefined | null

    /**
     * Rows of RoyaltyTermsShare; 0 with movedTo null: these terms are taken away.
     */
    @IntColumn_({nullable: false})
    shareCount!: number

    /**
     * The collection's terms are told by this contract from here on; the zero address: by itself. Null: nothing said of that.
     */
    @StringColumn_({nullable: true})
    movedTo!: string | undefined | null
}
