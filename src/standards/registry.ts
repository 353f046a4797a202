// Generated from the folders of src/standards by `npm run codegen`; never edited.
import type {Standard} from '../domain/standard'
import {assetProvenance} from './asset-provenance/assetProvenance'
import {eas} from './eas/eas'
import {erc1155} from './erc1155/erc1155'
import {erc1967} from './erc1967/erc1967'
import {erc2309} from './erc2309/erc2309'
import {erc2535} from './erc2535/erc2535'
import {erc4906} from './erc4906/erc4906'
import {erc4907} from './erc4907/erc4907'
import {erc5006} from './erc5006/erc5006'
import {erc5192} from './erc5192/erc5192'
import {erc5218} from './erc5218/erc5218'
import {erc5521} from './erc5521/erc5521'
import {erc5554} from './erc5554/erc5554'
import {erc5585} from './erc5585/erc5585'
import {erc6551} from './erc6551/erc6551'
import {erc6786} from './erc6786/erc6786'
import {erc7007} from './erc7007/erc7007'
import {erc7053} from './erc7053/erc7053'
import {erc7160} from './erc7160/erc7160'
import {erc721} from './erc721/erc721'
import {erc7496} from './erc7496/erc7496'
import {erc7548} from './erc7548/erc7548'
import {erc7572} from './erc7572/erc7572'
import {erc7662} from './erc7662/erc7662'
import {erc7857} from './erc7857/erc7857'
import {erc8004} from './erc8004/erc8004'
import {erc8034} from './erc8034/erc8034'
import {erc8048} from './erc8048/erc8048'
import {limitBreakRoyalties} from './limit-break-royalties/limitBreakRoyalties'
import {manifoldRoyalties} from './manifold-royalties/manifoldRoyalties'
import {oraOao} from './ora-oao/oraOao'
import {paymentProcessor} from './payment-processor/paymentProcessor'
import {preErc721} from './pre-erc721/preErc721'
import {seaport} from './seaport/seaport'
import {splitsV1} from './splits-v1/splitsV1'
import {splitsV2} from './splits-v2/splitsV2'
import {storyProtocol} from './story-protocol/storyProtocol'
import {storyRoyalties} from './story-royalties/storyRoyalties'

/** Every standard, by folder name: the order in which they are asked when two claim the same log. */
export const STANDARDS: readonly Standard[] = [
  assetProvenance,
  eas,
  erc1155,
  erc1967,
  erc2309,
  erc2535,
  erc4906,
  erc4907,
  erc5006,
  erc5192,
  erc5218,
  erc5521,
  erc5554,
  erc5585,
  erc6551,
  erc6786,
  erc7007,
  erc7053,
  erc7160,
  erc721,
  erc7496,
  erc7548,
  erc7572,
  erc7662,
  erc7857,
  erc8004,
  erc8034,
  erc8048,
  limitBreakRoyalties,
  manifoldRoyalties,
  oraOao,
  paymentProcessor,
  preErc721,
  seaport,
  splitsV1,
  splitsV2,
  storyProtocol,
  storyRoyalties,
]
