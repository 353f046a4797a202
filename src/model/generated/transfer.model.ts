import {Entity as Entity_, Column as Column_, PrimaryColumn as PrimaryColumn_, Index as Index_, BigIntColumn as BigIntColumn_, IntColumn as IntColumn_, DateTimeColumn as DateTimeColumn_, StringColumn as StringColumn_} from "@subsquid/typeorm-store"

/**
 * One token (or one entry of an ERC-1155 batch) moved. Fact.
 */
@Index_(["assetId", "id"], {unique: false})
@Index_(["collectionId", "id"], {unique: false})
@Index_(["from", "id"], {unique: false})
@Index_(["to", "id"], {unique: false})
@Index_(["timestamp", "id"], {unique: false})
@Entity_()
export class Transfer {
    constructor(props?: Partial<Transfer>) {
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

    /**
     * Sender of the transaction: a log is a claim, this is who paid for it (sleep minting).
     */
    @StringColumn_({nullable: true})
    transactionFrom!: string | undefined | null

    @StringColumn_({nullable: false})
    collectionId!: string

    @StringColumn_({nullable: false})
    assetId!: string

    @BigIntColumn_({nullable: false})
    tokenId!: bigint

    /**
     * Zero address: a mint.
     */
    @StringColumn_({nullable: false})
    from!: string

    /**
     * Zero address: a burn.
     */
    @StringColumn_({nullable: false})
    to!: string

    @BigIntColumn_({nullable: false})
    amount!: bigint

    /**
     * ERC-1155 only.
     */
    @StringColumn_({nullable: true})
    operator!: string | undefined | null

    @IntColumn_({nullable: false})
    incarnation!: number

    /**
     * Its place among the transfers of its asset, from 1: what Asset.transferCount was then.
     */
    @IntColumn_({nullable: false})
    ordinal!: number

    /**
     * Who owned the ERC-721 asset before and after, by the logs up to this one, whatever it says itself in from; null where nobody is known to, and for ERC-1155.
     */
    @StringColumn_({nullable: true})
    previousOwner!: string | undefined | null

    @StringColumn_({nullable: true})
    owner!: string | undefined | null
}
