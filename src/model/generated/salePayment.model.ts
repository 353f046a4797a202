import {Entity as Entity_, Column as Column_, PrimaryColumn as PrimaryColumn_, Index as Index_, BigIntColumn as BigIntColumn_, StringColumn as StringColumn_} from "@subsquid/typeorm-store"
import {SalePart} from "./_salePart"
import {PartEvidence} from "./_partEvidence"
import {RecipientRole} from "./_recipientRole"

/**
 * Who got how much of a sale's price. Part of a sale: its key is the sale's and a number.
 */
@Index_(["recipient", "saleId"], {unique: false})
@Entity_()
export class SalePayment {
    constructor(props?: Partial<SalePayment>) {
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
    recipient!: string

    @StringColumn_({nullable: false})
    currency!: string

    @BigIntColumn_({nullable: false})
    amount!: bigint

    @Column_("varchar", {length: 12, nullable: false})
    part!: SalePart

    /**
     * How the part is known; null: it is not.
     */
    @Column_("varchar", {length: 8, nullable: true})
    evidence!: PartEvidence | undefined | null

    /**
     * What the recipient is; null: the operator does not say.
     */
    @Column_("varchar", {length: 15, nullable: true})
    role!: RecipientRole | undefined | null
}
