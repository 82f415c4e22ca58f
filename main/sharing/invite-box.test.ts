import { describe, expect, it } from 'vitest'
import { fingerprint } from '../../shared/sharing/fingerprint.ts'
import { inviteKey, inviteSecret, openBox, openName, sealBox, sealName } from '../../shared/sharing/invite-box.ts'
import { toHex } from '../../shared/ids.ts'
import { sodiumSuite as suite } from '../identity/sodium-suite.ts'

const [seed, documentId, root] = [suite.random(32), suite.random(32), suite.random(32)]
const box = { key: { epoch: 3, key: suite.random(32) }, inviter: 'Zoë', root, title: 'Plan 𝄞' }

describe('invite box', () => {
  it('MEMBER-38: only the invite’s seed opens its box, for its document alone, unchanged', () => {
    const sealed = sealBox(suite, seed, documentId, box)
    expect(openBox(suite, seed, documentId, sealed)).toEqual(box)
    const empty = { ...box, key: null }
    expect(openBox(suite, seed, documentId, sealBox(suite, seed, documentId, empty))).toEqual(empty)
    expect(openBox(suite, suite.random(32), documentId, sealed)).toBeNull()
    expect(openBox(suite, seed, suite.random(32), sealed)).toBeNull()
    for (let bit = 0; bit < sealed.length * 8; bit++) {
      const changed = sealed.with(bit >> 3, (sealed[bit >> 3] ?? 0) ^ (1 << (bit & 7)))
      expect(openBox(suite, seed, documentId, changed)).toBeNull()
    }
    for (let length = 0; length < sealed.length; length++)
      expect(openBox(suite, seed, documentId, sealed.slice(0, length))).toBeNull()
    expect(openBox(suite, seed, documentId, sealName(suite, seed, documentId, 'Bob'))).toBeNull()
  })

  it('MEMBER-38: a box opens however long the title and the name in it are, and stays as small as a relay takes', () => {
    const long = { ...box, title: '𝄞'.repeat(5000), inviter: '中'.repeat(5000) }
    const sealed = sealBox(suite, seed, documentId, long)
    expect(sealed.length).toBeLessThanOrEqual(4096)
    const opened = openBox(suite, seed, documentId, sealed)
    expect(opened?.key).toEqual(box.key)
    expect(long.title.startsWith(opened?.title ?? '-')).toBe(true)
  })

  it('MEMBER-38: a name is hidden from who has no invite; what is none reads as none', () => {
    const sealed = sealName(suite, seed, documentId, 'Bob')
    expect(openName(suite, seed, documentId, sealed)).toBe('Bob')
    expect(openName(suite, suite.random(32), documentId, sealed)).toBe('')
    expect(openName(suite, seed, documentId, new Uint8Array())).toBe('')
    expect(openName(suite, seed, documentId, sealBox(suite, seed, documentId, box))).toBe('')
  })

  it('MEMBER-38: the keys of an invite tell nothing of each other', () => {
    const all = [inviteKey(suite, seed).publicKey, inviteKey(suite, seed).seed, inviteSecret(suite, seed), seed]
    expect(new Set(all.map(toHex)).size).toBe(4)
  })

  it('MEMBER-36: fingerprints of different keys differ in most of their groups', () => {
    const near = root.with(0, (root[0] ?? 0) ^ 1)
    const [one, other] = [fingerprint(suite, root).split(' '), fingerprint(suite, near).split(' ')]
    expect(one).toHaveLength(12)
    expect(one.filter((group, index) => group === other[index]).length).toBeLessThan(3)
    expect(fingerprint(suite, root).split(' ')).toEqual(one)
  })
})
