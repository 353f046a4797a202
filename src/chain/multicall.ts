/** Deployed at one address on hundreds of chains (https://github.com/mds1/multicall3). */
export const MULTICALL3 = '0xca11bde05977b3631167028862be2a173976ca11'
