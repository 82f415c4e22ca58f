/** A relay that is killed while it is written to has lost nothing that it acknowledged; one that is lied to goes on. */
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { SharedDocument } from '../../main/replication/shared-document.fixture.ts'
import { Judgement } from '../merge/hold-laws.ts'
import type { Proof, ProofContext, ProofResult, Tier } from '../proof.ts'
import { seededRandom } from '../seeded-random.ts'
import { killRelay } from './kill-relays.ts'
import { throwMessages } from './throw-messages.ts'

const AMOUNTS: Record<Tier, { readonly kills: number; readonly messages: number }> = {
  suite: { kills: 100, messages: 20_000 },
  nightly: { kills: 2000, messages: 1_000_000 },
  release: { kills: 10_000, messages: 10_000_000 },
}

export const relay: Proof = {
  name: 'relay',
  async run({ tier, seed, report }: ProofContext): Promise<ProofResult> {
    const { kills, messages } = AMOUNTS[tier]
    const judgement = new Judgement()
    const random = seededRandom(seed)
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'sheaf-relay-proof-'))
    let acknowledged = 0
    try {
      const document = new SharedDocument()
      let sent: Awaited<ReturnType<typeof killRelay>>[] = []
      for (let kill = 1; kill <= kills; kill++) {
        sent = [...sent.slice(-20), await killRelay(folder, document, random, sent, judgement)]
        acknowledged += sent.at(-1)?.acknowledged ?? 0
        if (kill % 25 === 0) report(`${kill} relays killed, ${acknowledged} records acknowledged`)
      }
    } finally {
      fs.rmSync(folder, { recursive: true, force: true })
    }
    report(`throwing ${messages} messages`)
    await throwMessages(messages, random, judgement)
    if (acknowledged === 0) judgement.breaches.push('no record was ever acknowledged: nothing was proved')
    const violations = judgement.breaches.map((breach) => `${breach} (seed ${seed})`)
    return { checks: judgement.checks, violations, figures: { kills, 'records acknowledged': acknowledged, messages } }
  },
}
