import {Entity as Entity_, Column as Column_, PrimaryColumn as PrimaryColumn_, Index as Index_, BigIntColumn as BigIntColumn_, IntColumn as IntColumn_, DateTimeColumn as DateTimeColumn_, StringColumn as StringColumn_} from "@subsquid/typeorm-store"
import {Authority} from "./_authority"
import {LinkRelation} from "./_linkRelation"

/**
 * Within one transaction, one event explains another. Its key is the effect's place, with a sub index of its own. Fact.
 */
@Index_(["effectId", "id"], {unique: false})
@Index_(["causeId", "id"], {unique: false})
@Entity_()
export class EventLink {
    constructor(props?: Partial<EventLink>) {
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

    /**
     * That of the effect; what nobody vouches for is never a cause.
     */
    @Column_("varchar", {length: 10, nullable: false})
    authority!: Authority

    @Column_("varchar", {length: 11, nullable: false})
    relation!: LinkRelation

    /**
     * Event key.
     */
    @StringColumn_({nullable: false})
    effectId!: string

    /**
     * The table it is in.
     */
    @StringColumn_({nullable: false})
    effectTable!: string

    /**
     * Event key.
     */
    @StringColumn_({nullable: false})
    causeId!: string

    /**
     * The table it is in.
     */
    @StringColumn_({nullable: false})
    causeTable!: string
}
