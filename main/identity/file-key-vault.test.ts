import { randomBytes } from 'node:crypto'
import { chmod, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openFileKeyVault } from './file-key-vault.ts'

let folder: string
beforeEach(async () => {
  folder = path.join(await mkdtemp(path.join(tmpdir(), 'sheaf-vault-')), 'data')
})
afterEach(() => rm(path.dirname(folder), { recursive: true, force: true }))

test('SAFE-3: a wrapped secret comes back, also after the vault was opened again', async () => {
  const secret = new Uint8Array(randomBytes(32))
  const wrapped = (await openFileKeyVault(folder)).wrap(secret)
  expect((await openFileKeyVault(folder)).unwrap(wrapped)).toEqual(secret)
})

test('an empty secret comes back empty', async () => {
  const vault = await openFileKeyVault(folder)
  expect(vault.unwrap(vault.wrap(new Uint8Array()))).toEqual(new Uint8Array())
})

test('SAFE-3: the same secret is never wrapped to the same bytes, and does not stand in them', async () => {
  const vault = await openFileKeyVault(folder)
  const secret = new Uint8Array(randomBytes(32))
  const [first, second] = [vault.wrap(secret), vault.wrap(secret)]
  expect(first).not.toEqual(second)
  expect(Buffer.from(first).includes(Buffer.from(secret))).toBe(false)
})

test('SAFE-3: a wrapped secret with any one bit changed, or cut at any place, is refused as damaged', async () => {
  const vault = await openFileKeyVault(folder)
  const wrapped = vault.wrap(new Uint8Array([1, 2, 3, 4]))
  for (let bit = 0; bit < wrapped.length * 8; bit++) {
    const changed = wrapped.slice()
    changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7))
    expect(() => vault.unwrap(changed)).toThrow(expect.objectContaining({ kind: 'damaged' }))
  }
  for (let length = 0; length < wrapped.length; length++)
    expect(() => vault.unwrap(wrapped.subarray(0, length))).toThrow(expect.objectContaining({ kind: 'damaged' }))
})

test('SAFE-3: another installation can not unwrap it', async () => {
  const alice = await openFileKeyVault(path.join(folder, 'alice'))
  const bob = await openFileKeyVault(path.join(folder, 'bob'))
  expect(() => bob.unwrap(alice.wrap(new Uint8Array([1])))).toThrow(expect.objectContaining({ kind: 'damaged' }))
})

test.skipIf(process.platform === 'win32')('SAFE-3: the key file is readable by its owner only', async () => {
  await openFileKeyVault(folder)
  const file = path.join(folder, 'vault.key')
  expect((await stat(file)).mode & 0o777).toBe(0o600)
  await chmod(file, 0o644)
  await openFileKeyVault(folder)
  expect((await stat(file)).mode & 0o777).toBe(0o600)
})

test('vaults opened at the same time for the first time share one key', async () => {
  const vaults = await Promise.all(Array.from({ length: 8 }, () => openFileKeyVault(folder)))
  const wrapped = vaults.map((vault, i) => vault.wrap(new Uint8Array([i])))
  for (const vault of vaults) expect(wrapped.map((each) => vault.unwrap(each)[0])).toEqual([0, 1, 2, 3, 4, 5, 6, 7])
  expect(await readdir(folder)).toEqual(['vault.key'])
})

test('a key file of the wrong size is reported as damaged and left alone', async () => {
  await openFileKeyVault(folder)
  await writeFile(path.join(folder, 'vault.key'), 'short')
  await expect(openFileKeyVault(folder)).rejects.toMatchObject({ kind: 'damaged' })
  expect((await stat(path.join(folder, 'vault.key'))).size).toBe(5)
})
