import {Entity as Entity_, Column as Column_, PrimaryColumn as PrimaryColumn_, Index as Index_, BigIntColumn as BigIntColumn_, StringColumn as StringColumn_} from "@subsquid/typeorm-store"
import {RecipientRole} from "./_recipientRole"

/**
 * Who is due how much. Part of a RoyaltyTermsChange: its key is the change's and a number.
 */
@Index_(["recipient", "termsId"], {unique: false})
@Entity_()
export class RoyaltyTermsShare {
    constructor(props?: Partial<RoyaltyTermsShare>) {
        Object.assign(this, props)
    }

    @PrimaryColumn_()
    id!: string

    @BigIntColumn_({nullable: false})
    chainId!: bigint

    /**
     * RoyaltyTermsChange.id
     */
    @Index_()
    @StringColumn_({nullable: false})
    termsId!: string

    @StringColumn_({nullable: false})
    recipient!: string

    /**
     * Out of 100 000 000 of the price, so that shares of a share are exact.
     */
    @BigIntColumn_({nullable: false})
    parts!: bigint

    @Column_("varchar", {length: 15, nullable: true})
    role!: RecipientRole | undefined | null
}
