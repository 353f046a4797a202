import {startGatewayThread} from './chain/createChainGateway'

/** Started while the processor's own code is still being loaded: its first import. */
export const gatewayThread = startGatewayThread()
