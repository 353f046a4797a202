import {Entity as Entity_, Column as Column_, PrimaryColumn as PrimaryColumn_, Index as Index_, BigIntColumn as BigIntColumn_, IntColumn as IntColumn_, DateTimeColumn as DateTimeColumn_, StringColumn as StringColumn_, BooleanColumn as BooleanColumn_} from "@subsquid/typeorm-store"
import {Authority} from "./_authority"
import {AttestationEventKind} from "./_attestationEventKind"

/**
 * One attestation log. Fact.
 */
@Index_(["attestationRef", "id"], {unique: false})
@Index_(["subject", "id"], {unique: false})
@Index_(["assetId", "id"], {unique: false})
@Entity_()
export class AttestationEvent {
    constructor(props?: Partial<AttestationEvent>) {
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

    @Column_("varchar", {length: 7, nullable: false})
    kind!: AttestationEventKind

    /**
     * Attestation.id
     */
    @StringColumn_({nullable: false})
    attestationRef!: string

    @StringColumn_({nullable: true})
    subject!: string | undefined | null

    @StringColumn_({nullable: true})
    assetId!: string | undefined | null

    @BigIntColumn_({nullable: true})
    tokenId!: bigint | undefined | null

    /**
     * made: the attester; revoked: who took it back.
     */
    @StringColumn_({nullable: false})
    by!: string

    /**
     * With all below up to applied, of made only: its words, which a later one under the same uid replaces in Attestation.
     */
    @StringColumn_({nullable: true})
    schema!: string | undefined | null

    @BigIntColumn_({nullable: true})
    expiry!: bigint | undefined | null

    @IntColumn_({nullable: true})
    score!: number | undefined | null

    @StringColumn_({nullable: true})
    tag!: string | undefined | null

    @StringColumn_({nullable: true})
    contentHash!: string | undefined | null

    @StringColumn_({nullable: true})
    uri!: string | undefined | null

    @StringColumn_({nullable: true})
    data!: string | undefined | null

    @StringColumn_({nullable: true})
    dataSource!: string | undefined | null

    @StringColumn_({nullable: true})
    refUid!: string | undefined | null

    @BooleanColumn_({nullable: true})
    revocable!: boolean | undefined | null

    /**
     * False when the log changed nothing; note says why: unknown_attestation, already_revoked, not_the_attester.
     */
    @BooleanColumn_({nullable: false})
    applied!: boolean

    @StringColumn_({nullable: true})
    note!: string | undefined | null
}
