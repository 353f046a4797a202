import {Entity as Entity_, Column as Column_, PrimaryColumn as PrimaryColumn_, Index as Index_, BigIntColumn as BigIntColumn_, StringColumn as StringColumn_, IntColumn as IntColumn_, DateTimeColumn as DateTimeColumn_} from "@subsquid/typeorm-store"
import {Authority} from "./_authority"
import {GenerationStatus} from "./_generationStatus"

/**
 * What is known of how an asset was generated: one record per asset, life and prompt. State.
 */
@Index_(["assetId", "id"], {unique: false})
@Index_(["collectionId", "claimedAt"], {unique: false})
@Index_(["modelId", "id"], {unique: false})
@Index_(["updatedAt", "id"], {unique: false})
@Entity_()
export class Generation {
    constructor(props?: Partial<Generation>) {
        Object.assign(this, props)
    }

    /**
     * <assetId>-<promptHash>, with -<incarnation> behind it where an earlier life has that, and -<emitter> for unverified claims
     */
    @PrimaryColumn_()
    id!: string

    @BigIntColumn_({nullable: false})
    chainId!: bigint

    @StringColumn_({nullable: false})
    collectionId!: string

    @StringColumn_({nullable: false})
    assetId!: string

    @BigIntColumn_({nullable: false})
    tokenId!: bigint

    /**
     * Life of the asset that it speaks of (docs/decisions/incarnations.md).
     */
    @IntColumn_({nullable: false})
    incarnation!: number

    @StringColumn_({nullable: false})
    emitter!: string

    @Column_("varchar", {length: 10, nullable: false})
    authority!: Authority

    /**
     * keccak256 of the prompt bytes.
     */
    @StringColumn_({nullable: false})
    promptHash!: string

    /**
     * The prompt itself, once a claim's log, transaction or contract told it: a text with that hash.
     */
    @StringColumn_({nullable: true})
    prompt!: string | undefined | null

    /**
     * keccak256 of the generated data; null when no log told it.
     */
    @StringColumn_({nullable: true})
    outputHash!: string | undefined | null

    /**
     * Commitment to the model's weights and program; ERC-7007 logs carry none.
     */
    @StringColumn_({nullable: true})
    modelId!: string | undefined | null

    /**
     * keccak256 of the proof bytes; null when none was given (ERC-7007 opML may log an empty proof).
     */
    @StringColumn_({nullable: true})
    proofHash!: string | undefined | null

    /**
     * 0 validity (zkML), 1 fraud (opML), 2 TEE, 3 signed attestation.
     */
    @IntColumn_({nullable: true})
    proofType!: number | undefined | null

    @StringColumn_({nullable: true})
    proofURI!: string | undefined | null

    @StringColumn_({nullable: true})
    verifier!: string | undefined | null

    /**
     * Unix seconds: optimistic until then; null when final at once. Passive: computed against a time, never a flag.
     */
    @BigIntColumn_({nullable: true})
    challengeDeadline!: bigint | undefined | null

    @Column_("varchar", {length: 11, nullable: false})
    status!: GenerationStatus

    @StringColumn_({nullable: true})
    invalidationReason!: string | undefined | null

    /**
     * Event key of the first claim (AigcData, or the Update) of the present content; null when only a verification was seen.
     */
    @StringColumn_({nullable: true})
    claimId!: string | undefined | null

    @DateTimeColumn_({nullable: true})
    claimedAt!: Date | undefined | null

    @StringColumn_({nullable: true})
    verificationId!: string | undefined | null

    @StringColumn_({nullable: true})
    invalidationId!: string | undefined | null

    /**
     * Event key of the ERC-7007 Update that replaced this record's content; null while it is current.
     */
    @StringColumn_({nullable: true})
    supersededId!: string | undefined | null

    @DateTimeColumn_({nullable: false})
    updatedAt!: Date
}
