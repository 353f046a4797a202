// PostGraphile 5 over a plain squid's tables, as its documentation sets up a production server: no watching, no explorer, a pool of 16.
import {createServer} from 'node:http'
import {postgraphile} from 'postgraphile'
import {makePgService} from 'postgraphile/adaptors/pg'
import {grafserv} from 'postgraphile/grafserv/node'
import {PostGraphileAmberPreset} from 'postgraphile/presets/amber'

// PostGraphile 5.1 is written for Node.js 22; this is all that 20 lacks.
Promise.withResolvers ??= function () {
  let settle
  const promise = new this((resolve, reject) => (settle = {resolve, reject}))
  return {promise, ...settle}
}

const preset = {
  extends: [PostGraphileAmberPreset],
  grafserv: {graphqlPath: '/graphql', websockets: false, graphiql: false, watch: false},
  grafast: {explain: false},
  pgServices: [makePgService({connectionString: process.env['DB_URL'], schemas: ['plain'], poolConfig: {max: 16}})],
}
const server = createServer()
await postgraphile(preset).createServ(grafserv).addTo(server)
server.listen(Number(process.env['PORT']), '127.0.0.1')
