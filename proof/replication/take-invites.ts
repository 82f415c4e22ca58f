/**
 * Invites that some people take at once, while they end, are dropped and used up: exactly as many come in as an invite is
 * for, each of them with the key, and a link that leaked afterwards opens nothing.
 */
import path from 'node:path'
import { ChainChanges } from '../../main/sharing/chain-changes.ts'
import type { InviteDesk } from '../../main/sharing/invite-desk.ts'
import { joinDocument, type Joining } from '../../main/sharing/join-document.ts'
import { OwnDesk } from '../../main/sharing/own-desk.ts'
import { DocumentStore } from '../../main/storage/document-store.ts'
import { toHex } from '../../shared/ids.ts'
import { documentKeys, foundDocument, founderKeys } from '../../shared/log/genesis.ts'
import { beginEpoch } from '../../shared/membership/epoch-chain.ts'
import { changeOf } from '../../shared/membership/member-op.ts'
import { inviteKey } from '../../shared/sharing/invite-box.ts'
import { openForProof, STORE } from '../durability/session.ts'
import type { Judgement } from '../merge/hold-laws.ts'
import { type Random, seededRandom } from '../seeded-random.ts'
import { seededSuite } from '../seeded-suite.ts'
import { newPart } from './cast.ts'

const NOW = 1_700_000_000_000
const HOUR = 3_600_000
/** Milliseconds after which a box is not given out again for the row that took it. */
const FORGOTTEN = 61_000

/** Answers how many came in. */
export async function takeInvites(seed: number, folder: string, judgement: Judgement): Promise<number> {
  const [random, suite] = [seededRandom(seed), seededSuite(seed)]
  const owner = newPart(suite, 'owner')
  const salt = suite.random(16)
  const genesis = foundDocument(
    suite,
    NOW,
    salt,
    founderKeys(suite, owner.secrets.userRoot, owner.secrets.deviceSeed, salt),
  )
  const documentId = genesis.hash
  DocumentStore.open(path.join(folder, STORE), [{ seq: 0, ...genesis }], 'normal').close()
  const document = openForProof(
    { folder, suite, durability: 'normal' },
    toHex(documentId),
    undefined,
    undefined,
    owner.secrets,
  )
  let now = NOW
  const desk = new OwnDesk({
    suite,
    clock: { now: () => now },
    wrapping: { wrap: (secret) => secret, unwrap: (wrapped) => wrapped },
    changes: new ChainChanges(suite, () => undefined),
    displayName: () => owner.name,
    using: async (_, work) => work(document),
    isKnown: (id) => id === toHex(documentId),
    changed: () => undefined,
  })
  try {
    document.rights.appendLink(beginEpoch(suite, document.membership(), { epoch: 1, key: suite.random(32) }, null))
    const [uses, takers, inviteSeed] = [1 + random.below(3), 1 + random.below(6), suite.random(32)]
    const invite = inviteKey(suite, inviteSeed).publicKey
    const approval = random.below(6) === 0
    const expires = NOW + HOUR
    desk.notes(document).keepInvite({ id: toHex(invite), seed: inviteSeed, uses })
    document.rights.appendLink({ type: 'invite', invite, role: 'editor', uses, expires, approval })
    const link = { seed: inviteSeed, documentId, relay: null, addresses: [] }
    let ended = false
    const end = (): void => {
      ended = true
      if (random.below(2) === 0) now += HOUR
      else if ((document.membership().invites.get(toHex(invite))?.uses ?? 0) > 0)
        document.rights.appendLink({ type: 'invite-drop', invite })
    }
    const take = (): Promise<Joining> => {
      const { secrets, name } = newPart(suite, 'taker')
      const joiner = { suite, name, keysIn: (stored: typeof genesis) => documentKeys(suite, secrets, stored) }
      return joinDocument(joiner, link, hesitating(desk, random))
    }
    const endsAmidst = random.below(4) === 0
    const taking = Array.from({ length: takers }, take)
    if (endsAmidst) taking.push(pause(random).then(end).then(take))
    const answers = await Promise.all(taking)

    const joined = answers.filter((one) => one.kind === 'joined')
    const people = document.membership().people.size - 1
    judgement.equal('who was told so is in, and nobody else', joined.length, people)
    if (approval) judgement.equal('an invite that asks for approval let somebody in', people, 0)
    else if (ended) judgement.equal('more came in than an invite is for', people <= uses, true)
    else judgement.equal('other than an invite is for came in', people, Math.min(uses, takers))
    const key = toHex(document.members.epochKeys().get(1)?.key ?? new Uint8Array())
    for (const one of joined)
      judgement.equal('who came in can’t read', toHex(one.box?.key?.key ?? new Uint8Array()), key)
    const chained = document
      .chain()
      .rows.slice(1)
      .filter((row) => changeOf(row).type === 'invite-use')
    judgement.equal('uses in the chain', chained.length, people)

    // The link leaks when it is used up, and with it the rows that took it.
    now += FORGOTTEN
    const isUsedUp = document.membership().invites.get(toHex(invite))?.uses === 0 || ended
    for (const row of chained) {
      const again = await desk.take(documentId, invite, row, new Uint8Array())
      judgement.equal('a row that took it opens the box again', typeof again, 'string')
    }
    if (isUsedUp && !approval) judgement.equal('a link that is used up lets in', (await take()).kind, 'failed')
    judgement.equal('somebody came in by what leaked', document.membership().people.size - 1, people)
    return people
  } finally {
    document.close()
  }
}

/** A desk that others come to between any two questions. */
function hesitating(desk: InviteDesk, random: Random): InviteDesk {
  return {
    look: (...asked) => pause(random).then(() => desk.look(...asked)),
    take: (...asked) => pause(random).then(() => desk.take(...asked)),
    ask: (...asked) => pause(random).then(() => desk.ask(...asked)),
  }
}

async function pause(random: Random): Promise<void> {
  for (let turns = random.below(6); turns > 0; turns--) await Promise.resolve()
}
