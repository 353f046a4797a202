import {Entity as Entity_, Column as Column_, PrimaryColumn as PrimaryColumn_, Index as Index_, BigIntColumn as BigIntColumn_, StringColumn as StringColumn_, IntColumn as IntColumn_, BooleanColumn as BooleanColumn_} from "@subsquid/typeorm-store"

/**
 * Terms that a template contract registered. State; they never change.
 */
@Index_(["emitter", "id"], {unique: false})
@Entity_()
export class LicenseTerms {
    constructor(props?: Partial<LicenseTerms>) {
        Object.assign(this, props)
    }

    /**
     * <chainId>-<template>-<number>
     */
    @PrimaryColumn_()
    id!: string

    @BigIntColumn_({nullable: false})
    chainId!: bigint

    /**
     * The template contract.
     */
    @StringColumn_({nullable: false})
    emitter!: string

    @StringColumn_({nullable: false})
    standard!: string

    @BigIntColumn_({nullable: false})
    termsId!: bigint

    @StringColumn_({nullable: false})
    termsHash!: string

    @StringColumn_({nullable: true})
    termsURI!: string | undefined | null

    @StringColumn_({nullable: true})
    currency!: string | undefined | null

    /**
     * What a licence costs when nothing else is agreed.
     */
    @BigIntColumn_({nullable: true})
    price!: bigint | undefined | null

    /**
     * Share of revenue owed, out of 10 000.
     */
    @IntColumn_({nullable: true})
    royaltyBps!: number | undefined | null

    /**
     * Seconds that a derivative may be used; null: without end, or not told.
     */
    @BigIntColumn_({nullable: true})
    duration!: bigint | undefined | null

    @BooleanColumn_({nullable: true})
    transferable!: boolean | undefined | null

    @BooleanColumn_({nullable: true})
    commercialUse!: boolean | undefined | null

    @BooleanColumn_({nullable: true})
    derivativesAllowed!: boolean | undefined | null

    @StringColumn_({nullable: false})
    registrationId!: string
}
