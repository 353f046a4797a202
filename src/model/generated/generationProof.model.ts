import {Entity as Entity_, Column as Column_, PrimaryColumn as PrimaryColumn_, StringColumn as StringColumn_, IntColumn as IntColumn_} from "@subsquid/typeorm-store"

/**
 * Which generation a proof speaks for: an invalidation names only the proof. State.
 */
@Entity_()
export class GenerationProof {
    constructor(props?: Partial<GenerationProof>) {
        Object.assign(this, props)
    }

    /**
     * <assetId>-<proofHash>, with -<emitter> behind it for unverified claims
     */
    @PrimaryColumn_()
    id!: string

    @StringColumn_({nullable: false})
    generationId!: string

    /**
     * That of the generation.
     */
    @IntColumn_({nullable: false})
    incarnation!: number
}
