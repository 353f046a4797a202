import {Entity as Entity_, Column as Column_, PrimaryColumn as PrimaryColumn_, Index as Index_, BigIntColumn as BigIntColumn_, StringColumn as StringColumn_, IntColumn as IntColumn_, BooleanColumn as BooleanColumn_, DateTimeColumn as DateTimeColumn_} from "@subsquid/typeorm-store"
import {Authority} from "./_authority"

/**
 * What somebody vouches for. State: the last word under its uid, and whether it was taken back.
 */
@Index_(["subject", "id"], {unique: false})
@Index_(["assetId", "id"], {unique: false})
@Index_(["attester", "id"], {unique: false})
@Index_(["schema", "id"], {unique: false})
@Index_(["attestedAt", "id"], {unique: false})
@Entity_()
export class Attestation {
    constructor(props?: Partial<Attestation>) {
        Object.assign(this, props)
    }

    /**
     * <chainId>-<emitter>-<uid>
     */
    @PrimaryColumn_()
    id!: string

    @BigIntColumn_({nullable: false})
    chainId!: bigint

    @StringColumn_({nullable: false})
    emitter!: string

    /**
     * Whether the operator believes the registry's logs; whom to believe among attesters is the reader's to say.
     */
    @Column_("varchar", {length: 10, nullable: false})
    authority!: Authority

    @StringColumn_({nullable: false})
    standard!: string

    @StringColumn_({nullable: false})
    uid!: string

    @StringColumn_({nullable: false})
    attester!: string

    /**
     * Contract or account that it is about; null: not told by the log.
     */
    @StringColumn_({nullable: true})
    subject!: string | undefined | null

    /**
     * When it is about one token of subject.
     */
    @StringColumn_({nullable: true})
    assetId!: string | undefined | null

    @BigIntColumn_({nullable: true})
    tokenId!: bigint | undefined | null

    @StringColumn_({nullable: true})
    schema!: string | undefined | null

    /**
     * Unix seconds, inclusive; null: without end, or not told.
     */
    @BigIntColumn_({nullable: true})
    expiry!: bigint | undefined | null

    /**
     * 0 to 100.
     */
    @IntColumn_({nullable: true})
    score!: number | undefined | null

    @StringColumn_({nullable: true})
    tag!: string | undefined | null

    @StringColumn_({nullable: true})
    contentHash!: string | undefined | null

    @StringColumn_({nullable: true})
    uri!: string | undefined | null

    /**
     * What is attested, hex, encoded as its schema says; by call, as dataSource says.
     */
    @StringColumn_({nullable: true})
    data!: string | undefined | null

    /**
     * call, or unknown: <why>; null where the log tells all there is.
     */
    @StringColumn_({nullable: true})
    dataSource!: string | undefined | null

    @StringColumn_({nullable: true})
    refUid!: string | undefined | null

    @BooleanColumn_({nullable: true})
    revocable!: boolean | undefined | null

    @DateTimeColumn_({nullable: false})
    attestedAt!: Date

    @StringColumn_({nullable: false})
    attestationId!: string

    @DateTimeColumn_({nullable: true})
    revokedAt!: Date | undefined | null

    @StringColumn_({nullable: true})
    revocationId!: string | undefined | null

    @StringColumn_({nullable: false})
    lastEventId!: string
}
