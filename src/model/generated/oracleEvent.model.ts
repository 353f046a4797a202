import {Entity as Entity_, Column as Column_, PrimaryColumn as PrimaryColumn_, Index as Index_, BigIntColumn as BigIntColumn_, IntColumn as IntColumn_, DateTimeColumn as DateTimeColumn_, StringColumn as StringColumn_} from "@subsquid/typeorm-store"
import {Authority} from "./_authority"
import {OracleEventKind} from "./_oracleEventKind"

/**
 * An oracle was asked for a generation, or answered. It names the contract that asked and not the token: prompt and output hashes are what joins it to one. Fact.
 */
@Index_(["requestRef", "id"], {unique: false})
@Index_(["requester", "inputHash"], {unique: false})
@Entity_()
export class OracleEvent {
    constructor(props?: Partial<OracleEvent>) {
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

    @Column_("varchar", {length: 9, nullable: false})
    kind!: OracleEventKind

    /**
     * <chainId>-<emitter>-<requestId>
     */
    @StringColumn_({nullable: false})
    requestRef!: string

    @BigIntColumn_({nullable: false})
    requestId!: bigint

    /**
     * requested: whom the answer goes to; answered: who gave it.
     */
    @StringColumn_({nullable: false})
    requester!: string

    @StringColumn_({nullable: true})
    modelId!: string | undefined | null

    /**
     * keccak256 of the input.
     */
    @StringColumn_({nullable: true})
    inputHash!: string | undefined | null

    /**
     * The input, where it is text.
     */
    @StringColumn_({nullable: true})
    input!: string | undefined | null

    /**
     * keccak256 of the output.
     */
    @StringColumn_({nullable: true})
    outputHash!: string | undefined | null
}
