import {Entity as Entity_, Column as Column_, PrimaryColumn as PrimaryColumn_, Index as Index_, BigIntColumn as BigIntColumn_, IntColumn as IntColumn_, DateTimeColumn as DateTimeColumn_, StringColumn as StringColumn_} from "@subsquid/typeorm-store"
import {Authority} from "./_authority"
import {GenerationEventKind} from "./_generationEventKind"

/**
 * One generation log. Fact.
 */
@Index_(["assetId", "id"], {unique: false})
@Index_(["generationId", "id"], {unique: false})
@Index_(["collectionId", "id"], {unique: false})
@Entity_()
export class GenerationEvent {
    constructor(props?: Partial<GenerationEvent>) {
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

    @StringColumn_({nullable: false})
    collectionId!: string

    @StringColumn_({nullable: false})
    assetId!: string

    @BigIntColumn_({nullable: false})
    tokenId!: bigint

    /**
     * Life of the asset that it speaks of.
     */
    @IntColumn_({nullable: false})
    incarnation!: number

    @Column_("varchar", {length: 11, nullable: false})
    kind!: GenerationEventKind

    /**
     * Null when an invalidation names a proof that nothing told of.
     */
    @StringColumn_({nullable: true})
    generationId!: string | undefined | null

    @StringColumn_({nullable: true})
    promptHash!: string | undefined | null

    /**
     * Claims only: the prompt, where it could be had.
     */
    @StringColumn_({nullable: true})
    prompt!: string | undefined | null

    /**
     * log, input (of the transaction), call (of the contract), or unknown: and why; null where nobody looked.
     */
    @StringColumn_({nullable: true})
    promptSource!: string | undefined | null

    @StringColumn_({nullable: true})
    outputHash!: string | undefined | null

    @StringColumn_({nullable: true})
    modelId!: string | undefined | null

    @StringColumn_({nullable: true})
    proofHash!: string | undefined | null

    @IntColumn_({nullable: true})
    proofType!: number | undefined | null

    @StringColumn_({nullable: true})
    proofURI!: string | undefined | null

    @StringColumn_({nullable: true})
    verifier!: string | undefined | null

    @BigIntColumn_({nullable: true})
    challengeDeadline!: bigint | undefined | null

    @StringColumn_({nullable: true})
    reason!: string | undefined | null
}
