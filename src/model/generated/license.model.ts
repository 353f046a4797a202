import {Entity as Entity_, Column as Column_, PrimaryColumn as PrimaryColumn_, Index as Index_, BigIntColumn as BigIntColumn_, StringColumn as StringColumn_, IntColumn as IntColumn_, BooleanColumn as BooleanColumn_, DateTimeColumn as DateTimeColumn_} from "@subsquid/typeorm-store"
import {Authority} from "./_authority"

/**
 * A grant to use an asset. State: terms are fixed by the grant, holder and revocation follow later logs.
 */
@Index_(["assetId", "id"], {unique: false})
@Index_(["collectionId", "grantedAt"], {unique: false})
@Index_(["licensee", "id"], {unique: false})
@Index_(["licensor", "id"], {unique: false})
@Index_(["parentId", "id"], {unique: false})
@Index_(["grantedAt", "id"], {unique: false})
@Entity_()
export class License {
    constructor(props?: Partial<License>) {
        Object.assign(this, props)
    }

    @PrimaryColumn_()
    id!: string

    @BigIntColumn_({nullable: false})
    chainId!: bigint

    @StringColumn_({nullable: false})
    emitter!: string

    @Column_("varchar", {length: 10, nullable: false})
    authority!: Authority

    @StringColumn_({nullable: false})
    standard!: string

    @BigIntColumn_({nullable: false})
    licenseId!: bigint

    @StringColumn_({nullable: false})
    collectionId!: string

    @StringColumn_({nullable: false})
    assetId!: string

    @BigIntColumn_({nullable: false})
    tokenId!: bigint

    @StringColumn_({nullable: false})
    licensor!: string

    /**
     * Present holder.
     */
    @StringColumn_({nullable: false})
    licensee!: string

    /**
     * License.id of the parent; null for a root. The parent may be unknown.
     */
    @StringColumn_({nullable: true})
    parentId!: string | undefined | null

    /**
     * Who may revoke; null: irrevocable.
     */
    @StringColumn_({nullable: true})
    revoker!: string | undefined | null

    /**
     * Unix seconds, inclusive.
     */
    @BigIntColumn_({nullable: false})
    startTime!: bigint

    /**
     * Unix seconds, inclusive; null: perpetual.
     */
    @BigIntColumn_({nullable: true})
    expiry!: bigint | undefined | null

    @StringColumn_({nullable: false})
    currency!: string

    /**
     * Total paid for the grant.
     */
    @BigIntColumn_({nullable: false})
    price!: bigint

    /**
     * 0 non-exclusive, 1 exclusive, 2 sole (ERC-5635 order).
     */
    @IntColumn_({nullable: false})
    exclusivity!: number

    @BooleanColumn_({nullable: false})
    sublicensable!: boolean

    @BooleanColumn_({nullable: false})
    transferable!: boolean

    @StringColumn_({nullable: true})
    termsHash!: string | undefined | null

    @StringColumn_({nullable: true})
    termsURI!: string | undefined | null

    @StringColumn_({nullable: false})
    grantId!: string

    @DateTimeColumn_({nullable: false})
    grantedAt!: Date

    /**
     * Unix seconds from which the revocation holds; null while not revoked. Ancestors' revocations are not copied here.
     */
    @BigIntColumn_({nullable: true})
    revokedFrom!: bigint | undefined | null

    @StringColumn_({nullable: true})
    revokedBy!: string | undefined | null

    @StringColumn_({nullable: true})
    revocationReason!: string | undefined | null

    @StringColumn_({nullable: true})
    revocationId!: string | undefined | null

    @StringColumn_({nullable: false})
    lastEventId!: string
}
