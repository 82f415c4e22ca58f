import { describe, expect, it } from 'vitest'
import { type Faults, MemoryNetwork, NO_FAULTS } from './memory-transport.ts'
import type { Link } from './transport.ts'
import { transportContract } from './transport.contract.ts'

/** Choices that repeat: good enough to see each fault. */
function chance() {
  let state = 7
  return { below: (limit: number) => (state = (state * 48_271) % 2_147_483_647) % limit }
}

transportContract('The network in memory', async () => {
  const network = new MemoryNetwork(chance())
  return {
    alice: network.transport('alice'),
    bob: network.transport('bob'),
    settle: async () => network.pass(1000),
  }
})

function linked(faults: Partial<Faults>) {
  const network = new MemoryNetwork(chance(), { ...NO_FAULTS, ...faults })
  const heard: number[] = []
  let from: Link | null = null
  network.transport('alice').start((link) => (from = link))
  network
    .transport('bob')
    .start((link) => link.listen({ receive: (frame) => heard.push(frame[0] ?? 0), closed: () => undefined }))
  network.pass(1000)
  const send = (count: number): void => {
    for (let i = 1; i <= count; i++) from?.send(Uint8Array.of(i))
    network.pass(10_000)
  }
  return { network, heard, send }
}

describe('the network in memory', () => {
  it('loses, doubles and delays frames as it is told to, and keeps their order unless told otherwise', () => {
    const losing = linked({ lost: 50 })
    losing.send(100)
    expect(losing.heard.length).toBeGreaterThan(20)
    expect(losing.heard.length).toBeLessThan(80)
    const doubling = linked({ doubled: 100, delay: [1, 50] })
    doubling.send(100)
    expect(doubling.heard).toHaveLength(200)
    expect(doubling.heard).toEqual([...doubling.heard].sort((a, b) => a - b))
    const overtaking = linked({ delay: [1, 50], overtaking: true })
    overtaking.send(100)
    expect(overtaking.heard).toHaveLength(100)
    expect(overtaking.heard).not.toEqual([...overtaking.heard].sort((a, b) => a - b))
  })

  it('lets nothing through between two that can’t reach each other, and all again afterwards', () => {
    const { network, heard, send } = linked({})
    network.connect('alice', 'bob', false)
    send(3)
    expect(heard).toEqual([])
    network.connect('alice', 'bob', true)
    send(2)
    expect(heard).toEqual([1, 2])
  })
})
