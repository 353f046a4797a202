import {Entity as Entity_, Column as Column_, PrimaryColumn as PrimaryColumn_, Index as Index_, BigIntColumn as BigIntColumn_, IntColumn as IntColumn_, DateTimeColumn as DateTimeColumn_, StringColumn as StringColumn_, BooleanColumn as BooleanColumn_} from "@subsquid/typeorm-store"
import {Authority} from "./_authority"
import {SaleKind} from "./_saleKind"

/**
 * A trade of tokens through a marketplace, however many logs tell it. Fact: at the log of the order that has its price.
 */
@Index_(["seller", "id"], {unique: false})
@Index_(["buyer", "id"], {unique: false})
@Index_(["timestamp", "id"], {unique: false})
@Entity_()
export class Sale {
    constructor(props?: Partial<Sale>) {
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

    /**
     * Sender of the transaction: buyer and seller may be contracts that act for others.
     */
    @StringColumn_({nullable: true})
    transactionFrom!: string | undefined | null

    @StringColumn_({nullable: false})
    emitter!: string

    @StringColumn_({nullable: false})
    standard!: string

    @Column_("varchar", {length: 10, nullable: false})
    authority!: Authority

    @Column_("varchar", {length: 7, nullable: false})
    kind!: SaleKind

    @StringColumn_({nullable: false})
    seller!: string

    @StringColumn_({nullable: false})
    buyer!: string

    /**
     * Sum of the parts (INV-6). Null unless kind is priced: none is made up.
     */
    @BigIntColumn_({nullable: true})
    price!: bigint | undefined | null

    @StringColumn_({nullable: true})
    currency!: string | undefined | null

    @IntColumn_({nullable: false})
    itemCount!: number

    /**
     * Whether the logs tell who got how much.
     */
    @BooleanColumn_({nullable: false})
    partsKnown!: boolean

    /**
     * Hash of the order that has the price.
     */
    @Index_()
    @StringColumn_({nullable: true})
    orderRef!: string | undefined | null
}
