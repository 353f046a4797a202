import {MaxUint256, ZeroAddress} from 'ethers'
import {artistOf, bytesOf32, DAY, type Scene} from './scene'
import {hashOf, NONE, termsOf} from './works'

export async function licenseWorks({stage, contracts, cast, at}: Scene): Promise<void> {
  const [a, b, c, d] = cast.collectors as [string, string, string, string]
  const now = Math.floor(Date.now() / 1000)
  const grant = (tokenId: number, to: string, terms: Parameters<typeof termsOf>[0]) =>
    stage.send(artistOf(cast, tokenId), contracts.art, 'GenerativeAsset', 'grantLicense', [tokenId, to, termsOf(terms)])
  const artist = artistOf(cast, 1)
  await grant(1, a, {sublicensable: true, transferable: true, revoker: artist, price: 5n * 10n ** 16n}) // 1
  await grant(1, b, {expiry: now + 90 * DAY}) // 2
  await grant(2, c, {exclusivity: 1, expiry: now - 3 * DAY, price: 10n ** 17n}) // 3: expired
  await grant(3, d, {revoker: artistOf(cast, 3), transferable: true}) // 4
  await grant(4, a, {sublicensable: true, revoker: artistOf(cast, 4)}) // 5
  for (const tokenId of [5, 6, 7, 8, 9]) await grant(tokenId, cast.collectors[tokenId % 4] as string, {expiry: now + tokenId * 30 * DAY}) // 6-10
  await stage.mine(at())
  const under = (holder: string, parentLicenseId: number, to: string, sublicensable = false) =>
    stage.send(holder, contracts.art, 'GenerativeAsset', 'sublicense', [parentLicenseId, to, termsOf({parentLicenseId, sublicensable})])
  await under(a, 1, cast.trainer) // 11
  await under(a, 5, b, true) // 12
  await stage.mine(at())
  await under(b, 12, c) // 13: three deep
  await stage.mine(at())
  await stage.send(artistOf(cast, 4), contracts.art, 'GenerativeAsset', 'revokeLicense', [5, bytesOf32('terms were broken')])
  await stage.send(d, contracts.art, 'GenerativeAsset', 'transferLicense', [4, a])
  await stage.mine(at())
}

export async function payRoyalties({stage, contracts, cast, random, at}: Scene): Promise<void> {
  for (let i = 0; i < 14; i++) {
    const price = BigInt(1 + random.below(50)) * 10n ** 17n
    const payer = random.pick(cast.collectors)
    await stage.send(
      payer,
      contracts.art,
      'GenerativeAsset',
      'payRoyalty',
      [1 + random.below(9), ZeroAddress, price, hashOf(`order ${i}`)],
      (price * 750n) / 10_000n,
    )
  }
  for (const payer of cast.collectors.slice(0, 3)) {
    await stage.send(payer, contracts.token, 'RoyaltyToken', 'mint', [payer, 10n ** 24n])
    await stage.send(payer, contracts.token, 'RoyaltyToken', 'approve', [contracts.art, MaxUint256])
    await stage.send(payer, contracts.art, 'GenerativeAsset', 'payRoyalty', [
      1 + random.below(9),
      contracts.token,
      1000n * 10n ** 18n,
      NONE,
    ])
  }
  await stage.send(
    cast.collectors[0] as string,
    contracts.art,
    'GenerativeAsset',
    'payLicenseFee',
    [1, ZeroAddress, 5n * 10n ** 16n],
    5n * 10n ** 16n,
  )
  await stage.mine(at())
}

export async function deriveWorks({stage, contracts, cast, at}: Scene): Promise<void> {
  const register = (parent: number, child: number, licenseId: number, bps: number, relation: number) =>
    stage.send(artistOf(cast, child), contracts.art, 'GenerativeAsset', 'registerDerivative', [
      contracts.art,
      parent,
      child,
      licenseId,
      bps,
      relation,
    ])
  await register(1, 5, 0, 500, 0)
  await register(1, 7, 11, 1000, 3)
  await register(2, 5, 0, 250, 0)
  await stage.mine(at())
  await register(5, 9, 0, 500, 1)
  await register(7, 9, 0, 300, 2)
  await stage.mine(at())
}
