import {keccak256} from 'ethers/crypto'

/** Bytes that ethers hashed until `work` was done: what an input costs, on any machine. */
export async function countHashed<T>(work: () => T | Promise<T>): Promise<Readonly<{hashed: number; result: T}>> {
  let hashed = 0
  keccak256.register((bytes) => {
    hashed += bytes.length
    return keccak256._(bytes)
  })
  try {
    const result = await work()
    return {hashed, result}
  } finally {
    keccak256.register(keccak256._)
  }
}
