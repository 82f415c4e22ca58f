/** A relay in a process of its own, to be ended without a word: `node relay-process.ts FOLDER`. It prints its port. */
import { sodiumSuite } from '../../main/identity/sodium-suite.ts'
import { RelayServer } from '../../relay/relay-server.ts'

const [, , data = ''] = process.argv
const relay = new RelayServer({
  config: { host: '127.0.0.1', port: 0, data, cert: null, key: null, behindProxy: false, names: [], limits: {} },
  suite: sodiumSuite,
  log: () => undefined,
})
process.stdout.write(`${await relay.start()}\n`)
