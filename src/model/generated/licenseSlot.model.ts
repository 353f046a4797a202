import {Entity as Entity_, Column as Column_, PrimaryColumn as PrimaryColumn_, StringColumn as StringColumn_} from "@subsquid/typeorm-store"

/**
 * Which licence is in a place where its emitter holds one at a time (ERC-4907: the user of a token); and which has a number that several lives of an asset were granted. State.
 */
@Entity_()
export class LicenseSlot {
    constructor(props?: Partial<LicenseSlot>) {
        Object.assign(this, props)
    }

    /**
     * <chainId>-<emitter>-<slot>
     */
    @PrimaryColumn_()
    id!: string

    @StringColumn_({nullable: false})
    licenseRef!: string
}
