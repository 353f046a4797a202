import {Entity as Entity_, Column as Column_, PrimaryColumn as PrimaryColumn_, StringColumn as StringColumn_} from "@subsquid/typeorm-store"

/**
 * The current generation of an asset, so that an Update knows what it replaces. State.
 */
@Entity_()
export class GenerationHead {
    constructor(props?: Partial<GenerationHead>) {
        Object.assign(this, props)
    }

    /**
     * <assetId>, with -<emitter> behind it for unverified claims
     */
    @PrimaryColumn_()
    id!: string

    @StringColumn_({nullable: false})
    generationId!: string
}
