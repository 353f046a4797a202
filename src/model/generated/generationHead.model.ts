import {Entity as Entity_, Column as Column_, PrimaryColumn as PrimaryColumn_, StringColumn as StringColumn_, IntColumn as IntColumn_} from "@subsquid/typeorm-store"

/**
 * The current generation of an asset, so that an Update knows what it replaces; and of a prompt that an earlier life had, the latest. State.
 */
@Entity_()
export class GenerationHead {
    constructor(props?: Partial<GenerationHead>) {
        Object.assign(this, props)
    }

    /**
     * <assetId>, or <assetId>-<promptHash>, with -<emitter> behind it for unverified claims
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
