import {Entity as Entity_, Column as Column_, PrimaryColumn as PrimaryColumn_, Index as Index_, BigIntColumn as BigIntColumn_, StringColumn as StringColumn_, DateTimeColumn as DateTimeColumn_} from "@subsquid/typeorm-store"
import {TokenStandard} from "./_tokenStandard"

/**
 * A contract that emitted at least one indexed event about its own assets, or announced its code (standard null, no assets: only that). State.
 */
@Index_(["chainId", "address"], {unique: false})
@Index_(["firstEventAt", "id"], {unique: false})
@Index_(["transferCount", "id"], {unique: false})
@Entity_()
export class Collection {
    constructor(props?: Partial<Collection>) {
        Object.assign(this, props)
    }

    @PrimaryColumn_()
    id!: string

    @BigIntColumn_({nullable: false})
    chainId!: bigint

    @StringColumn_({nullable: false})
    address!: string

    /**
     * Told by the kind of its first transfer; null until then.
     */
    @Column_("varchar", {length: 7, nullable: true})
    standard!: TokenStandard | undefined | null

    /**
     * Current ERC-1967 implementation; null when none was announced, or when a beacon tells it.
     */
    @StringColumn_({nullable: true})
    implementation!: string | undefined | null

    /**
     * The beacon whose implementation it takes; null when it has one of its own.
     */
    @StringColumn_({nullable: true})
    beacon!: string | undefined | null

    /**
     * Who may upgrade it, as last announced (ERC-1967 AdminChanged).
     */
    @StringColumn_({nullable: true})
    admin!: string | undefined | null

    @StringColumn_({nullable: false})
    firstEventId!: string

    @DateTimeColumn_({nullable: false})
    firstEventAt!: Date

    /**
     * Assets (token ids) ever seen, burned ones included; minted ERC-2309 ranges too large to expand count in full, and their ids again when they move (docs/decisions/range-expansion.md).
     */
    @BigIntColumn_({nullable: false})
    assetCount!: bigint

    @BigIntColumn_({nullable: false})
    transferCount!: bigint
}
