import {Entity as Entity_, Column as Column_, PrimaryColumn as PrimaryColumn_, Index as Index_, BigIntColumn as BigIntColumn_, IntColumn as IntColumn_, DateTimeColumn as DateTimeColumn_, StringColumn as StringColumn_, BooleanColumn as BooleanColumn_} from "@subsquid/typeorm-store"
import {Authority} from "./_authority"
import {LicenseEventKind} from "./_licenseEventKind"

/**
 * One licence log. Fact.
 */
@Index_(["licenseRef", "id"], {unique: false})
@Index_(["to", "licenseRef"], {unique: false})
@Index_(["assetId", "id"], {unique: false})
@Index_(["collectionId", "id"], {unique: false})
@Entity_()
export class LicenseEvent {
    constructor(props?: Partial<LicenseEvent>) {
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

    @Column_("varchar", {length: 15, nullable: false})
    kind!: LicenseEventKind

    /**
     * License.id; null where terms are registered or attached, and where a revocation names an empty slot.
     */
    @StringColumn_({nullable: true})
    licenseRef!: string | undefined | null

    /**
     * LicenseTerms.id of the terms that it is about.
     */
    @StringColumn_({nullable: true})
    termsRef!: string | undefined | null

    /**
     * Null when a log names a licence that no grant told of.
     */
    @StringColumn_({nullable: true})
    collectionId!: string | undefined | null

    @StringColumn_({nullable: true})
    assetId!: string | undefined | null

    @BigIntColumn_({nullable: true})
    tokenId!: bigint | undefined | null

    /**
     * Life of the asset that it speaks of; null with assetId.
     */
    @IntColumn_({nullable: true})
    incarnation!: number | undefined | null

    /**
     * granted: licensor; transferred: previous holder as logged; revoked: who revoked.
     */
    @StringColumn_({nullable: true})
    from!: string | undefined | null

    /**
     * granted and transferred: new holder.
     */
    @StringColumn_({nullable: true})
    to!: string | undefined | null

    /**
     * revoked: unix seconds from which it holds.
     */
    @BigIntColumn_({nullable: true})
    effectiveAt!: bigint | undefined | null

    @StringColumn_({nullable: true})
    reason!: string | undefined | null

    /**
     * False when the log changed nothing; note says why: duplicate_grant, unknown_license, already_revoked, already_expired, already_exercised, duplicate_terms, not_vouched_for.
     */
    @BooleanColumn_({nullable: false})
    applied!: boolean

    @StringColumn_({nullable: true})
    note!: string | undefined | null
}
