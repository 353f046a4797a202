import {registerEnumType} from 'type-graphql'
import {ChangeKind, type ChangeKindName, type ProvenanceKindName} from '../../domain/provenanceKind'
import {WORKER_KIND} from '../../feed/journal/journalChange'
import {KIND_DESCRIPTIONS, SOURCES} from '../provenance/sources'

registerEnumType(ChangeKind, {
  name: 'ChangeKind',
  description: 'Kinds of entries of the feed: those of a timeline, and what workers observe.',
  valuesConfig: {
    ...KIND_DESCRIPTIONS,
    OBSERVATION: {description: 'What a worker found outside the chain, such as another document behind a URI.'},
  },
})

const KIND_OF_TABLE: ReadonlyMap<string, ChangeKindName> = new Map(
  (Object.keys(SOURCES) as ProvenanceKindName[]).flatMap((kind) => SOURCES[kind].map(({table}) => [table, kind] as const)),
)

/** The kind of an entry by the kind that filters go by: a table of facts, or WORKER_KIND. */
export const kindOfTable = (table: string): ChangeKindName => KIND_OF_TABLE.get(table) ?? ChangeKind.OBSERVATION

export const tablesOfKinds = (kinds: readonly ChangeKindName[]): readonly string[] =>
  kinds.flatMap((kind) => (kind === 'OBSERVATION' ? [WORKER_KIND] : SOURCES[kind].map(({table}) => table)))
