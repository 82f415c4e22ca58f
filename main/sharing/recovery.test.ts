import fs from 'node:fs'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { SheafError } from '../../shared/errors.ts'
import { toHex } from '../../shared/ids.ts'
import { readChain } from '../../shared/membership/chain.ts'
import { signMemberOp, type StoredLink } from '../../shared/membership/member-op.ts'
import { vaultBytes } from '../../shared/relay/relay-proof.ts'
import { entropyOf, rootOf, wordsOf } from '../../shared/sharing/recovery-words.ts'
import { plainVault } from '../documents/open-document.fixture.ts'
import { loadInstallation } from '../identity/installation.ts'
import { sodiumSuite as suite } from '../identity/sodium-suite.ts'
import { Recovery } from './recovery.ts'
import { type Neighbour, shape, Street } from './street.fixture.ts'
import { fitting, openVault, sealVault, vaultKey } from './vault-contents.ts'

const RELAY = 'wss://relay.example.org'
const NONE = { coming: 0, known: 0, newer: 0, refused: 0 }
let street: Street
let alice: Neighbour
let id: string

beforeEach(async () => {
  street = new Street()
  alice = street.move('Alice')
  id = await alice.registry.create(shape('Plan', 'Alice began.'))
})

afterEach(() => street.clear())

function chainOf(rows: readonly StoredLink[]) {
  const chain = readChain(suite, rows)
  if ('refusal' in chain) throw new Error(chain.refusal)
  return chain
}

/** Rows of the same document whose last one is another. */
function forkOf(one: Neighbour, rows: readonly StoredLink[]): readonly StoredLink[] {
  const before = chainOf(rows.slice(0, -1))
  const change = { type: 'relay', url: 'wss://elsewhere.example' } as const
  return [...rows.slice(0, -1), one.on(id, ({ members }) => members.sign(change, before.membership))]
}

/** What the network asks of sharing for each document that is open. */
const opened = (one: Neighbour): unknown => one.on(id, (document) => one.sharing.access(document))

/** Has it let into the document by a row of its own, as soon as the network asks for it. */
async function comeIn(one: Neighbour): Promise<void> {
  opened(one)
  await vi.waitFor(() => expect(one.on(id, ({ members }) => members.newcomer)).toBeNull())
}

describe('recovery', () => {
  it('MEMBER-39: twelve words bring a person back on another computer, into all documents on the relay', async () => {
    const bob = street.move('Bob')
    const { link } = await alice.sharing.invite(id, { role: 'editor', uses: 1, hours: 1, approval: false })
    await bob.sharing.join(link)
    await alice.sharing.setRelay(id, RELAY)
    street.meet(id)
    opened(bob)
    await bob.recovery.keep()
    const words = await bob.recovery.words()
    expect(words.split(' ')).toHaveLength(12)

    street.hasRelay = true
    const anew = street.move('Bob anew')
    const own = await anew.registry.create(shape('Own', 'Written before.'))
    expect(await anew.recovery.restore(` ${words.toUpperCase()} `, RELAY)).toEqual({ ...NONE, coming: 1 })
    street.pass(id, alice, anew)
    expect(anew.text(id)).toContain('Alice began.')
    await comeIn(anew)
    await anew.write(id, 'Alice began.', 'Bob is back.')
    street.pass(id, anew, alice)
    expect(alice.text(id)).toContain('Bob is back.')
    // What this computer founded before stays its own.
    expect(anew.registry.openIn(1, own).mode).toBe('write')
    await anew.registry.release(own, 1)
    expect((await anew.sharing.view(own)).role).toBe('owner')
    expect(await anew.recovery.restore(words, RELAY)).toEqual({ ...NONE, known: 1 })
  })

  it('MEMBER-39: a document one was removed from leaves the vault, and others stay', async () => {
    const bob = street.move('Bob')
    const { link } = await alice.sharing.invite(id, { role: 'editor', uses: 1, hours: 1, approval: false })
    await bob.sharing.join(link)
    const person = await alice.person(id, 'Bob').catch(async () => (await alice.sharing.view(id)).people[1]?.id ?? '')
    await alice.sharing.setRelay(id, RELAY)
    street.meet(id)
    opened(bob)
    await bob.recovery.keep()
    opened(alice)
    await alice.recovery.keep()
    expect(street.vaults.size).toBe(2)
    const rows = alice.on(id, ({ members }) => {
      const cut = { type: 'remove', root: Buffer.from(person, 'hex'), cut: [] } as const
      return [members.sign({ ...cut, root: new Uint8Array(cut.root) })]
    })
    for (const one of [alice, bob]) one.on(id, (document) => document.follow(rows))
    opened(bob)
    bob.on(id, (document) => bob.sharing.membersChanged(document, new Map()))
    await bob.recovery.keep()
    const anew = street.move('Bob anew')
    expect(await anew.recovery.restore(await bob.recovery.words(), RELAY)).toEqual(NONE)
  })

  it('MEMBER-39: what can’t be taken in is counted, and the others come all the same', async () => {
    await alice.sharing.setRelay(id, RELAY)
    opened(alice)
    await alice.recovery.keep()
    const entropy = entropyOf(await alice.recovery.words())
    const root = rootOf(suite, entropy)
    const { publicKey: name } = vaultKey(suite, root)
    const vault = street.vaults.get(toHex(name))
    const contents = openVault(suite, root, vault?.bytes ?? new Uint8Array())
    if (contents === null || contents === 'newer') throw new Error('It opens.')
    const [good] = contents.documents
    const [genesis] = good?.rows ?? []
    if (good === undefined || genesis === undefined) throw new Error('It holds one document.')
    const forged = { ...good, rows: [{ ...genesis, sig: suite.random(64) }] }
    const { membership } = chainOf(good.rows)
    const later = alice.on(id, ({ members }) =>
      signMemberOp(suite, membership.documentId, membership, members.keys.member, { type: 'wish' } as never),
    )
    const newer = { ...good, rows: [...good.rows, later] }
    const bytes = sealVault(suite, root, { ...contents, documents: [forged, newer, good] })
    const sig = suite.sign(vaultBytes(suite, name, 9, bytes), vaultKey(suite, root))
    street.vaults.set(toHex(name), { version: 9, bytes, sig })

    const anew = street.move('Alice anew')
    expect(await anew.recovery.restore(wordsOf(entropy), RELAY)).toEqual({ coming: 1, known: 0, newer: 1, refused: 1 })
    expect(await anew.recovery.words()).toBe(wordsOf(entropy))
  })

  it('MEMBER-39: one document that can’t be taken in keeps no other away, and is said', async () => {
    const other = await alice.registry.create(shape('Other', 'Just as good.'))
    for (const one of [id, other]) {
      await alice.sharing.setRelay(one, RELAY)
      alice.on(one, (document) => alice.sharing.access(document))
    }
    await alice.recovery.keep()
    const anew = street.move('Alice anew')
    // Its copy here says something else about who may write.
    await anew.registry.takeIn(await alice.content(id))
    const [vault] = street.vaults.keys()
    const { version } = street.vaults.get(vault ?? '') ?? { version: 0 }
    const words = await alice.recovery.words()
    const root = rootOf(suite, entropyOf(words))
    const contents = openVault(suite, root, street.vaults.get(vault ?? '')?.bytes ?? new Uint8Array())
    if (contents === null || contents === 'newer') throw new Error('It is alice’s.')
    const forked = contents.documents.map((one) =>
      toHex(one.rows[0]?.hash ?? new Uint8Array()) === id ? { ...one, rows: forkOf(alice, one.rows) } : one,
    )
    const ordered = forked.toSorted((a) => (toHex(a.rows[0]?.hash ?? new Uint8Array()) === id ? -1 : 1))
    const bytes = sealVault(suite, root, { ...contents, documents: ordered })
    const key = vaultKey(suite, root)
    const sig = suite.sign(vaultBytes(suite, key.publicKey, version, bytes), key)
    street.vaults.set(vault ?? '', { version, bytes, sig })
    expect(await anew.recovery.restore(words, RELAY)).toEqual({ ...NONE, coming: 1, refused: 1 })
    expect(anew.registry.isKnown(other)).toBe(true)
    expect(anew.text(other)).not.toContain('Just')
    street.meet(other)
    expect(anew.text(other)).toContain('Just as good.')
  })

  it('MEMBER-39: what fails for another reason is said when the others are here', async () => {
    const other = await alice.registry.create(shape('Other', 'Just as good.'))
    for (const one of [id, other]) {
      await alice.sharing.setRelay(one, RELAY)
      alice.on(one, (document) => alice.sharing.access(document))
    }
    await alice.recovery.keep()
    const came: string[] = []
    const recovery = new Recovery({
      suite,
      logger: { info: () => undefined, error: () => undefined },
      hubs: street.hubs(),
      installation: () => ({
        userRoot: suite.random(32),
        deviceSeed: suite.random(32),
        entropy: suite.random(16),
        former: [],
      }),
      adopt: async () => undefined,
      isKnown: () => false,
      receive: async ({ title }) => {
        came.push(title)
        if (came.length === 1) throw new SheafError('disk-full', 'The disk is full.')
        return true
      },
    })
    await expect(recovery.restore(await alice.recovery.words(), RELAY)).rejects.toMatchObject({ kind: 'disk-full' })
    expect(came).toHaveLength(2)
  })

  it('MEMBER-40: wrong words, a slip and another’s words open nothing, and say what is wrong', async () => {
    const words = await alice.recovery.words()
    const refuse = async (said: string, kind: string, sentence: RegExp): Promise<void> => {
      const failed = alice.recovery.restore(said, RELAY)
      await expect(failed).rejects.toMatchObject({ kind, message: expect.stringMatching(sentence) as string })
    }
    await refuse('', 'invalid-argument', /12 or 24/)
    await refuse(words.split(' ').slice(1).join(' '), 'invalid-argument', /these are 11/)
    await refuse(words.replace(/^\w+/, 'sheaf'), 'invalid-argument', /“sheaf”/)
    const [first = '', second = '', ...rest] = words.split(' ')
    if (first !== second) {
      // One of sixteen orders has the right checksum by chance: then it opens nothing all the same.
      const failed = alice.recovery.restore([second, first, ...rest].join(' '), RELAY)
      await expect(failed).rejects.toMatchObject({
        kind: expect.stringMatching(/invalid-argument|not-found/) as string,
      })
    }
    await refuse(wordsOf(suite.random(16)), 'not-found', /nothing for these words/)
    await expect(alice.recovery.restore(words, 'http://example.org')).rejects.toMatchObject({
      kind: 'invalid-argument',
    })
    expect(await alice.recovery.words()).toBe(words)
  })

  it('MEMBER-40: a vault with any bit changed is refused, and nothing is adopted', async () => {
    await alice.sharing.setRelay(id, RELAY)
    opened(alice)
    await alice.recovery.keep()
    const words = await alice.recovery.words()
    const [[name, vault] = []] = [...street.vaults]
    if (name === undefined || vault === undefined) throw new Error('There is one.')
    const anew = street.move('Alice anew')
    const before = await anew.recovery.words()
    for (let at = 0; at < vault.bytes.length; at += 7) {
      street.vaults.set(name, { ...vault, bytes: vault.bytes.with(at, (vault.bytes[at] ?? 0) ^ 1) })
      await expect(anew.recovery.restore(words, RELAY)).rejects.toMatchObject({ kind: 'damaged' })
    }
    expect(await anew.recovery.words()).toBe(before)
  })

  it('MEMBER-41: words give back the very root, of new installations and of older ones', async () => {
    const folder = path.join(street.folder, 'identity')
    const { installation } = await loadInstallation(folder, plainVault(), suite)
    const words = wordsOf(installation.entropy)
    expect(rootOf(suite, entropyOf(words))).toEqual(installation.userRoot)
    expect((await loadInstallation(folder, plainVault(), suite)).installation).toEqual(installation)
    const old = suite.random(32)
    expect(wordsOf(old).split(' ')).toHaveLength(24)
    expect(rootOf(suite, entropyOf(wordsOf(old)))).toEqual(old)
    expect(fs.readdirSync(folder)).toEqual(['installation.key'])
  })

  it('MEMBER-41: a vault comes back as it was sealed; under another root, or cut off, it is none', () => {
    const root = suite.random(32)
    const contents = { deviceSeeds: [suite.random(32), suite.random(32)], documents: [] }
    const sealed = sealVault(suite, root, contents)
    expect(openVault(suite, root, sealed)).toEqual(contents)
    expect(openVault(suite, suite.random(32), sealed)).toBeNull()
    for (let length = 0; length < sealed.length; length++)
      expect(openVault(suite, root, sealed.slice(0, length))).toBeNull()
  })

  it('MEMBER-39: a vault holds as many documents as a relay keeps, those of the shortest chains first', () => {
    const row = (size: number) => ({ op: suite.random(size), hash: suite.random(32), sig: suite.random(64) })
    const one = (title: string, ...sizes: number[]) => {
      return { rows: sizes.map(row), key: { epoch: 1, key: suite.random(32) }, title }
    }
    const big = Array.from({ length: 4 }, () => 180_000)
    const documents = [one('large', ...big), one('small', 300), one('larger', ...big, 1000), one('smaller', 200)]
    const root = suite.random(32)
    const sealed = sealVault(suite, root, fitting({ deviceSeeds: [suite.random(32)], documents }))
    expect(sealed.length).toBeLessThan(2 ** 20)
    const opened = openVault(suite, root, sealed)
    if (opened === null || opened === 'newer') throw new Error('It is whole.')
    expect(opened.documents.map(({ title }) => title)).toEqual(['smaller', 'small', 'large'])
  })
})
