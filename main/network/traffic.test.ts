import { afterEach, expect, it } from 'vitest'
import { FACTS } from '../../shared/document/document-shape.ts'
import { fromHex } from '../../shared/ids.ts'
import { sodiumSuite as suite } from '../identity/sodium-suite.ts'
import type { MemoryNetwork } from '../replication/memory-transport.ts'
import { Circle } from './gatherings.fixture.ts'

let circle: Circle | null = null

afterEach(() => {
  circle?.clear()
  circle = null
})

/** All that goes over a network from now on, as whoever watches it sees it. */
function watch(network: MemoryNetwork): Uint8Array[] {
  const said: Uint8Array[] = []
  const transmit = network.transmit.bind(network)
  network.transmit = (from, frame) => {
    said.push(Uint8Array.from(frame))
    transmit(from, frame)
  }
  return said
}

it('NET-44: nothing that is written, no title, name or caret is in what goes over a network or to a relay', async () => {
  const one = new Circle(2, {}, 7, true)
  circle = one
  const ways = [watch(one.network), watch(one.relayNetwork)]
  const secrets = Array.from({ length: 50 }, (_, at) => `canary-${at}-${Buffer.from(suite.random(6)).toString('hex')}`)
  const [ana, ben] = one.devices
  if (ana === undefined || ben === undefined) throw new Error('There are two.')
  one.pass(1000)
  for (const secret of secrets.slice(0, 40)) await ana.write(`${secret} `)
  await ana.document.edit((doc) => void doc.getMap(FACTS).set('title', secrets[40]))
  ana.document.seal()
  ana.gathering.look()
  for (const secret of secrets.slice(41)) {
    ana.gathering.say(1, { anchor: Buffer.from(secret), head: null, typing: true })
    one.pass(1000)
  }
  one.pass(4000)
  // What is looked for was there: it came to the other one, and the document's id went in the clear.
  expect(ben.text).toContain(secrets[39])
  for (const said of ways) {
    const all = Buffer.concat(said)
    expect(all.includes(Buffer.from(fromHex(one.documentId)))).toBe(true)
    // The writers' certificates name who writes.
    expect([...secrets, 'canary', 'Alice'].filter((secret) => all.includes(secret))).toEqual([])
  }
})
