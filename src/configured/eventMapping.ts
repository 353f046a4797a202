import type {EventType} from '../domain/event'
import type {Address} from '../domain/hex'

/** One entry of `events` in indexer.yaml: a contract's own event shape and the domain event it means. */
export type EventMapping = Readonly<{
  /** Whose logs are read this way. */
  contracts: '*' | readonly Address[]
  /** Solidity, e.g. `LicenseGranted(uint256 indexed licenseId, address indexed licensee)`. */
  event: string
  as: EventType
  /** Field of the domain event -> expression (see expression.ts). */
  fields: Readonly<Record<string, string | number | boolean>>
}>

/** What is wrong with a mapping; `path` within it, e.g. `fields.expiry`. */
export type MappingProblem = Readonly<{path: string; message: string}>
