import {createHash} from 'node:crypto'

const varint = (value: number): readonly number[] => (value < 0x80 ? [value] : [(value % 0x80) | 0x80, ...varint(Math.floor(value / 0x80))])
const field = (number: number, bytes: Uint8Array): Buffer =>
  Buffer.concat([Buffer.from([(number << 3) | 2, ...varint(bytes.length)]), bytes])

/** The CID and the CAR of a file that fits one UnixFS block, under its CIDv0, as the first clients of IPFS added files. */
export async function carOfFile(bytes: Uint8Array): Promise<Readonly<{cid: string; car: Buffer}>> {
  const [{CID}, {create}, {CarWriter}] = await Promise.all([
    import('multiformats/cid'),
    import('multiformats/hashes/digest'),
    import('@ipld/car/writer'),
  ])
  // Type file, its data, its size.
  const file = Buffer.concat([Buffer.from([8, 2]), field(2, bytes), Buffer.from([24, ...varint(bytes.length)])])
  const block = field(1, file)
  const root = CID.createV0(create(18, createHash('sha256').update(block).digest()) as never)
  const {writer, out} = CarWriter.create([root as never])
  const chunks: Uint8Array[] = []
  const collected = (async () => {
    for await (const chunk of out) chunks.push(chunk)
  })()
  await writer.put({cid: root as never, bytes: block})
  await writer.close()
  await collected
  return {cid: root.toString(), car: Buffer.concat(chunks)}
}
