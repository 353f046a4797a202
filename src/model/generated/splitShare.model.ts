import {Entity as Entity_, Column as Column_, PrimaryColumn as PrimaryColumn_, Index as Index_, BigIntColumn as BigIntColumn_, StringColumn as StringColumn_} from "@subsquid/typeorm-store"
import {RecipientRole} from "./_recipientRole"

/**
 * A recipient of a split. Part of a SplitChange: its key is the change's and a number.
 */
@Index_(["recipient", "changeId"], {unique: false})
@Entity_()
export class SplitShare {
    constructor(props?: Partial<SplitShare>) {
        Object.assign(this, props)
    }

    @PrimaryColumn_()
    id!: string

    @BigIntColumn_({nullable: false})
    chainId!: bigint

    /**
     * SplitChange.id
     */
    @Index_()
    @StringColumn_({nullable: false})
    changeId!: string

    @StringColumn_({nullable: false})
    recipient!: string

    /**
     * Out of totalAllocation of the change.
     */
    @BigIntColumn_({nullable: false})
    allocation!: bigint

    @Column_("varchar", {length: 15, nullable: true})
    role!: RecipientRole | undefined | null
}
