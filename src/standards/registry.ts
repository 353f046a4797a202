// Generated from the folders of src/standards by `npm run codegen`; never edited.
import type {Standard} from '../domain/standard'
import {assetProvenance} from './asset-provenance/assetProvenance'
import {erc1155} from './erc1155/erc1155'
import {erc1967} from './erc1967/erc1967'
import {erc2309} from './erc2309/erc2309'
import {erc4906} from './erc4906/erc4906'
import {erc5521} from './erc5521/erc5521'
import {erc5554} from './erc5554/erc5554'
import {erc6786} from './erc6786/erc6786'
import {erc7007} from './erc7007/erc7007'
import {erc7160} from './erc7160/erc7160'
import {erc721} from './erc721/erc721'
import {erc7496} from './erc7496/erc7496'
import {erc7572} from './erc7572/erc7572'
import {erc7662} from './erc7662/erc7662'
import {erc8004} from './erc8004/erc8004'
import {erc8034} from './erc8034/erc8034'
import {erc8048} from './erc8048/erc8048'

/** Every standard, by folder name: the order in which they are asked when two claim the same log. */
export const STANDARDS: readonly Standard[] = [
  assetProvenance,
  erc1155,
  erc1967,
  erc2309,
  erc4906,
  erc5521,
  erc5554,
  erc6786,
  erc7007,
  erc7160,
  erc721,
  erc7496,
  erc7572,
  erc7662,
  erc8004,
  erc8034,
  erc8048,
]
