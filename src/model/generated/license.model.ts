import {Entity as Entity_, Column as Column_, PrimaryColumn as PrimaryColumn_, Index as Index_, BigIntColumn as BigIntColumn_, StringColumn as StringColumn_, IntColumn as IntColumn_, BooleanColumn as BooleanColumn_, DateTimeColumn as DateTimeColumn_} from "@subsquid/typeorm-store"
import {Authority} from "./_authority"

/**
 * A grant to use an asset. State: terms are fixed by the grant, holder and revocation follow later logs.
 */
@Index_(["assetId", "id"], {unique: false})
@Index_(["heldByAssetId", "id"], {unique: false})
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

    /**
     * <chainId>-<emitter>-<licenseId>, with -<incarnation> behind it where a grant of an earlier life of the asset has that
     */
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

    /**
     * Life of the asset that it was granted for (docs/decisions/incarnations.md).
     */
    @IntColumn_({nullable: false})
    incarnation!: number

    @StringColumn_({nullable: false})
    licensor!: string

    /**
     * Present holder; of a licence that is held by whoever owns a token, the first one.
     */
    @StringColumn_({nullable: false})
    licensee!: string

    /**
     * Asset.id of the token whose owner holds it; null: licensee does.
     */
    @StringColumn_({nullable: true})
    heldByAssetId!: string | undefined | null

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

    /**
     * Null with price: not told.
     */
    @StringColumn_({nullable: true})
    currency!: string | undefined | null

    /**
     * Total paid for the grant; null: not told.
     */
    @BigIntColumn_({nullable: true})
    price!: bigint | undefined | null

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

    /**
     * LicenseTerms.id of registered terms that it is under.
     */
    @StringColumn_({nullable: true})
    termsRef!: string | undefined | null

    /**
     * What it permits in the words of the contract, a JSON array of text (ERC-5585).
     */
    @StringColumn_({nullable: true})
    rights!: string | undefined | null

    /**
     * What it was granted in place of: LicenseSlot.id; null: nothing else.
     */
    @StringColumn_({nullable: true})
    slotRef!: string | undefined | null

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

    /**
     * Unix second of the block in which it was used up; null while it is not.
     */
    @BigIntColumn_({nullable: true})
    exercisedAt!: bigint | undefined | null

    @StringColumn_({nullable: true})
    exerciseId!: string | undefined | null

    @StringColumn_({nullable: false})
    lastEventId!: string
}
