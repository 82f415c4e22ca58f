import { expect, it } from 'vitest'
import { sodiumSuite as suite } from '../../identity/sodium-suite.ts'
import { SharedDocument, someone } from '../shared-document.fixture.ts'
import { isMemberProof, proveMember, standingOf } from './member-proof.ts'

it('LAN-4: a proof holds for one member, one document, one connection and one side', () => {
  const [{ member }, other] = [someone(), someone().member.publicKey]
  const [document, hash] = [suite.random(32), suite.random(64)]
  const proof = proveMember(suite, member, document, hash, 0)
  expect(isMemberProof(suite, proof, member.publicKey, document, hash, 0)).toBe(true)
  expect(isMemberProof(suite, proof, member.publicKey, document, hash, 1)).toBe(false)
  expect(isMemberProof(suite, proof, other, document, hash, 0)).toBe(false)
  expect(isMemberProof(suite, proof, member.publicKey, suite.random(32), hash, 0)).toBe(false)
  expect(isMemberProof(suite, proof, member.publicKey, document, suite.random(64), 0)).toBe(false)
  expect(isMemberProof(suite, proof.with(5, (proof[5] ?? 0) ^ 1), member.publicKey, document, hash, 0)).toBe(false)
})

it('LAN-6: who is not in the chain may only have come later when they have the newest key', () => {
  const shared = new SharedDocument()
  const bob = someone()
  const add = () =>
    shared.change({ type: 'add', root: bob.root.publicKey, member: bob.member.publicKey, role: 'editor', key: null })
  const standings = () => [true, false].map((has) => standingOf(shared.membership, bob.member.publicKey, has))
  expect(standings()).toEqual(['newcomer', 'stranger'])
  add()
  expect(standings()).toEqual(['member', 'member'])
  shared.change({ type: 'remove', root: bob.root.publicKey, cut: [] })
  expect(standings()).toEqual(['removed', 'removed'])
  // Let in again with the same device.
  add()
  expect(standings()).toEqual(['member', 'member'])
})
