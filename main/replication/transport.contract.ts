/** What every transport must keep, whatever it goes over. Each transport's test runs this on two ends of it. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { MAX_FRAME } from '../../shared/protocol/frames.ts'
import type { Link, Transport } from './transport.ts'

/** Two ends of a transport that can reach each other, and no faults. */
export interface TransportPair {
  readonly alice: Transport
  readonly bob: Transport
  /** Resolves when everything that is on its way has arrived. */
  settle(): Promise<void>
}

/** One end of a link, and all that it heard. */
class End {
  readonly link: Link
  readonly heard: Uint8Array[] = []
  closed = 0

  constructor(link: Link) {
    this.link = link
  }

  listen(): this {
    this.link.listen({
      receive: (frame) => this.heard.push(frame),
      closed: () => {
        this.closed += 1
      },
    })
    return this
  }
}

export function transportContract(name: string, open: () => Promise<TransportPair>): void {
  describe(`${name}, as a transport`, () => {
    let pair: TransportPair
    let met: { alice: End[]; bob: End[] }

    beforeEach(async () => {
      pair = await open()
      met = { alice: [], bob: [] }
    })

    afterEach(() => {
      pair.alice.stop()
      pair.bob.stop()
    })

    async function meet(listening = true): Promise<{ alice: End; bob: End }> {
      pair.alice.start((link) => met.alice.push(new End(link)))
      pair.bob.start((link) => met.bob.push(new End(link)))
      await pair.settle()
      const [alice, bob] = [met.alice.at(-1), met.bob.at(-1)]
      if (alice === undefined || bob === undefined) throw new Error('They did not meet.')
      return listening ? { alice: alice.listen(), bob: bob.listen() } : { alice, bob }
    }

    it('SYNC-31: two that look for peers find each other, once', async () => {
      await meet()
      expect([met.alice.length, met.bob.length]).toEqual([1, 1])
    })

    it('SYNC-32: frames arrive whole, as they were when they were sent, from the smallest to the largest', async () => {
      const { alice, bob } = await meet()
      const frame = new Uint8Array(MAX_FRAME).map((_, index) => index * 7)
      const sent = [frame.slice(0, 1), frame.slice(0, 1000), frame.slice()]
      for (const one of sent) alice.link.send(one)
      const reused = Uint8Array.of(1, 2, 3)
      bob.link.send(reused)
      reused.fill(0)
      await pair.settle()
      expect(bob.heard.map((one) => Buffer.from(one).equals(Buffer.from(frame.subarray(0, one.length))))).toEqual([
        true,
        true,
        true,
      ])
      expect(bob.heard.map((one) => one.length)).toEqual([1, 1000, MAX_FRAME])
      expect(alice.heard).toEqual([Uint8Array.of(1, 2, 3)])
    })

    it('SYNC-32: frames that come before anybody listens are kept', async () => {
      const { alice, bob } = await meet(false)
      alice.link.send(Uint8Array.of(1))
      alice.link.send(Uint8Array.of(2))
      await pair.settle()
      expect(bob.listen().heard).toEqual([Uint8Array.of(1), Uint8Array.of(2)])
    })

    it('SYNC-33: a link closed by either side is over for both, said once, and sends nothing more', async () => {
      const { alice, bob } = await meet()
      bob.link.close()
      alice.link.send(Uint8Array.of(1))
      bob.link.send(Uint8Array.of(2))
      await pair.settle()
      bob.link.close()
      alice.link.close()
      await pair.settle()
      expect([alice.closed, bob.closed]).toEqual([1, 1])
      expect([alice.heard, bob.heard]).toEqual([[], []])
    })

    it('SYNC-34: a link that was lost is found again', async () => {
      const { alice } = await meet()
      alice.link.close()
      await pair.settle()
      const again = met.bob.at(-1)?.listen()
      expect([met.alice.length, met.bob.length]).toEqual([2, 2])
      met.alice.at(-1)?.listen().link.send(Uint8Array.of(7))
      await pair.settle()
      expect(again?.heard).toEqual([Uint8Array.of(7)])
    })

    it('SYNC-34: one that has stopped is not found, and its links are over', async () => {
      const { alice, bob } = await meet()
      pair.alice.stop()
      await pair.settle()
      expect([alice.closed, bob.closed, met.bob.length]).toEqual([1, 1, 1])
    })
  })
}
