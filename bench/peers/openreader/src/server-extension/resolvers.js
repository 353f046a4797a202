// Sums, which openreader has none of: a resolver of the squid's own, as its documentation shows it.
require('reflect-metadata')
const {Arg, Field, ObjectType, Query, Resolver} = require('type-graphql')

class RoyaltySum {}
ObjectType()(RoyaltySum)
Field(() => String)(RoyaltySum.prototype, 'currency')
Field(() => String)(RoyaltySum.prototype, 'amount')
Field(() => String)(RoyaltySum.prototype, 'payments')

class RoyaltySumResolver {
  constructor(tx) {
    this.tx = tx
  }
  async royaltySums(recipient) {
    const manager = await this.tx()
    return manager.query(
      'SELECT currency, sum(amount)::text AS amount, count(*)::text AS payments FROM royalty_payment WHERE recipient = $1 GROUP BY currency',
      [recipient],
    )
  }
}
Resolver()(RoyaltySumResolver)
Reflect.defineMetadata('design:paramtypes', [String], RoyaltySumResolver.prototype, 'royaltySums')
Query(() => [RoyaltySum])(RoyaltySumResolver.prototype, 'royaltySums')
Arg('recipient', () => String)(RoyaltySumResolver.prototype, 'royaltySums', 0)

module.exports = {RoyaltySumResolver}
