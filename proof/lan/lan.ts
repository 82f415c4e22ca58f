/**
 * Two computers on a network of their own edit one document: they find each other, go on after the cable was pulled and
 * after sleep, by one of two networks, or by an address somebody typed; nothing on the wire says who they are or what they
 * write. Two people share a document there with nothing but an invite. And whatever bytes are thrown at an app, it goes on, and so do those it is linked with.
 */
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { Judgement } from '../merge/hold-laws.ts'
import type { Proof, Tier } from '../proof.ts'
import { throwBytes } from './hostile-bytes.ts'
import { whyNoNetworks } from './namespaces.ts'
import { playTwoComputers } from './two-computers.ts'
import { playTwoPeople } from './two-people.ts'

const AMOUNTS: Record<Tier, { readonly rounds: number; readonly bytes: number }> = {
  suite: { rounds: 1, bytes: 20_000 },
  nightly: { rounds: 20, bytes: 1_000_000 },
  release: { rounds: 100, bytes: 10_000_000 },
}
/** Hostile messages before honest apps are made anew. */
const VOLLEY = 20_000

export const lan: Proof = {
  name: 'lan',
  async run({ tier, seed, report }) {
    const { rounds, bytes } = AMOUNTS[tier]
    const judgement = new Judgement()
    const figures: Record<string, number> = {}
    const most = (what: string, found: number): void => void (figures[what] = Math.max(figures[what] ?? 0, found))
    for (let volley = 0; volley < bytes / VOLLEY; volley++) {
      const { greetings, messages, slowest } = await throwBytes((seed + volley) >>> 0, VOLLEY, judgement)
      figures['hostile greetings'] = (figures['hostile greetings'] ?? 0) + greetings
      figures['hostile messages'] = (figures['hostile messages'] ?? 0) + messages
      most('slowest frame of the honest in ms', slowest)
    }
    const skipped: string[] = []
    const reason = whyNoNetworks()
    if (reason !== null) skipped.push(reason)
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'sheaf-proof-'))
    try {
      for (let round = 0; reason === null && round < rounds; round++) {
        const played = await playTwoComputers(path.join(folder, String(round)), (seed + round) >>> 0, judgement)
        for (const [what, found] of Object.entries(played.figures)) most(what, found)
        if (played.skipped !== null && round === 0) skipped.push(played.skipped)
        for (const [what, found] of Object.entries(
          await playTwoPeople(path.join(folder, `${round}-people`), judgement),
        ))
          most(what, found)
        if (rounds > 1) report(`round ${round + 1}`)
      }
    } finally {
      fs.rmSync(folder, { recursive: true, force: true })
    }
    return { checks: judgement.checks, violations: judgement.breaches, skipped, figures }
  },
}
