import {Entity as Entity_, Column as Column_, PrimaryColumn as PrimaryColumn_, Index as Index_, BigIntColumn as BigIntColumn_, StringColumn as StringColumn_, IntColumn as IntColumn_, DateTimeColumn as DateTimeColumn_} from "@subsquid/typeorm-store"
import {TokenStandard} from "./_tokenStandard"

/**
 * A token id of a collection that a transfer told of. State.
 */
@Index_(["collectionId", "tokenId"], {unique: false})
@Index_(["tokenId", "id"], {unique: false})
@Index_(["owner", "id"], {unique: false})
@Index_(["creator", "id"], {unique: false})
@Index_(["mintedAt", "id"], {unique: false})
@Entity_()
export class Asset {
    constructor(props?: Partial<Asset>) {
        Object.assign(this, props)
    }

    @PrimaryColumn_()
    id!: string

    @BigIntColumn_({nullable: false})
    chainId!: bigint

    @StringColumn_({nullable: false})
    collectionId!: string

    @BigIntColumn_({nullable: false})
    tokenId!: bigint

    @Column_("varchar", {length: 7, nullable: false})
    standard!: TokenStandard

    /**
     * ERC-721: receiver of the last transfer (INV-3); null when burned. ERC-1155: always null, see Balance.
     */
    @StringColumn_({nullable: true})
    owner!: string | undefined | null

    /**
     * Sender of the transaction that minted the present incarnation (ERC-1155 0->0 declaration: its operator); null when no mint was observed.
     */
    @StringColumn_({nullable: true})
    creator!: string | undefined | null

    /**
     * Life of this ERC-721 id: 1, and one more each time it lives again after a burn. Always 1 for ERC-1155.
     */
    @IntColumn_({nullable: false})
    incarnation!: number

    /**
     * Event key of the mint of the present incarnation; null when it was not observed (ERC-721: tokens of a constructor may have none).
     */
    @StringColumn_({nullable: true})
    mintId!: string | undefined | null

    @DateTimeColumn_({nullable: true})
    mintedAt!: Date | undefined | null

    /**
     * Event key of the burn that ended the present incarnation; null while it exists, and always for ERC-1155, where an id names a kind: see supply.
     */
    @StringColumn_({nullable: true})
    burnId!: string | undefined | null

    @DateTimeColumn_({nullable: true})
    burnedAt!: Date | undefined | null

    @IntColumn_({nullable: false})
    transferCount!: number

    /**
     * ERC-1155: minted minus burned. ERC-721: 1, or 0 when burned.
     */
    @BigIntColumn_({nullable: false})
    supply!: bigint

    @StringColumn_({nullable: false})
    lastTransferId!: string
}
