import { expect, it } from 'vitest'
import { sodiumSuite as suite } from '../../identity/sodium-suite.ts'
import { SharedDocument, someone } from '../shared-document.fixture.ts'
import { tagsOf } from './document-tags.ts'
import { Access, epochs, SOON } from './lan.fixture.ts'
import type { LanMessage } from './lan-message.ts'
import { LanPeer, type LanPeerParts } from './lan-peer.ts'
import { proveMember } from './member-proof.ts'

it('LAN-28: who was removed and asks for the document without end is closed on', () => {
  const shared = new SharedDocument()
  const bob = someone()
  shared.change({ type: 'add', root: bob.root.publicKey, member: bob.member.publicKey, role: 'editor', key: null })
  shared.change({ type: 'remove', root: bob.root.publicKey, cut: [] })
  const access = new Access(shared.founder.member, shared.chain, epochs(1))
  const hash = suite.random(32)
  const said: LanMessage[] = []
  let judged = 0
  const connection = {
    isOpen: true,
    send: (message: LanMessage) => said.push(message),
    close: () => (connection.isOpen = false),
  }
  const peer = new LanPeer({
    suite,
    connection: connection as unknown as LanPeerParts['connection'],
    secured: { side: 0, hash, tx: hash, rx: hash, key: suite.random(32), secret: null },
    times: SOON,
    opens: false,
    offers: () => [{ access, meet: () => undefined }],
    changed: () => (judged += 1),
  })
  const [tag = ''] = tagsOf(suite, access, hash, 0).values()
  peer.receive({ op: 'tags', tags: [...tagsOf(suite, access, hash, 1).values()] })
  const proof = proveMember(suite, bob.member, access.documentId, hash, 1)
  let channel = 0
  while (connection.isOpen && channel < 2000) {
    channel += 1
    peer.receive({ op: 'open', channel, tag, member: bob.member.publicKey, proof })
  }
  expect(said.filter((message) => message.op === 'close')[0]).toMatchObject({ channel: 1, parting: 'revoked' })
  // As many as documents that are open at one time, and a few more.
  expect(channel).toBeGreaterThan(64)
  expect(connection.isOpen).toBe(false)
  expect(judged).toBeLessThan(300)
})
