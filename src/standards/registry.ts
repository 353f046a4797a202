// Generated from the folders of src/standards by `npm run codegen`; never edited.
import type {Standard} from '../domain/standard'
import {assetProvenance} from './asset-provenance/assetProvenance'
import {erc1155} from './erc1155/erc1155'
import {erc1967} from './erc1967/erc1967'
import {erc2309} from './erc2309/erc2309'
import {erc4906} from './erc4906/erc4906'
import {erc7007} from './erc7007/erc7007'
import {erc721} from './erc721/erc721'
import {erc7572} from './erc7572/erc7572'

/** Every standard, by folder name: the order in which they are asked when two claim the same log. */
export const STANDARDS: readonly Standard[] = [
  assetProvenance,
  erc1155,
  erc1967,
  erc2309,
  erc4906,
  erc7007,
  erc721,
  erc7572,
]
