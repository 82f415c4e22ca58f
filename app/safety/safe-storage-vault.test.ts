import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openFileKeyVault } from '../../main/identity/file-key-vault.ts'
import { openDesktopVault, type SystemKeyring } from './safe-storage-vault.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'sheaf-desktop-vault-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

/** A keyring that seals by turning bytes around, enough to see what passes through it. */
function keyring(options: {
  available: boolean
  locked?: boolean
  backend?: 'basic_text' | 'gnome_libsecret'
}): SystemKeyring {
  return {
    isEncryptionAvailable: () => options.available,
    getSelectedStorageBackend: () => options.backend ?? 'gnome_libsecret',
    encryptString: (text) => Buffer.from(text).reverse(),
    decryptString: (sealed) => {
      if (options.locked) throw new Error('locked')
      return Buffer.from(sealed).reverse().toString()
    },
  }
}

const secret = new Uint8Array([1, 2, 3])

test('SAFE-3: with a keyring the key is kept by the system, and no plain key is on disk', async () => {
  const vault = await openDesktopVault(folder, keyring({ available: true }))
  expect(vault.protection).toBe('system')
  expect(await readdir(folder)).toEqual(['vault.sealed'])
  const again = await openDesktopVault(folder, keyring({ available: true }))
  expect(again.unwrap(vault.wrap(secret))).toEqual(secret)
})

test('SAFE-3: without a keyring the vault says that only file rights protect it', async () => {
  const vault = await openDesktopVault(folder, keyring({ available: false }))
  expect(vault.protection).toBe('file-rights')
  expect(await readdir(folder)).toEqual(['vault.key'])
})

test.runIf(process.platform === 'linux')('SAFE-3: a keyring with a fixed password is none', async () => {
  const vault = await openDesktopVault(folder, keyring({ available: true, backend: 'basic_text' }))
  expect(vault.protection).toBe('file-rights')
})

test('SAFE-3: a key from a plain file moves into the keyring, and what it wrapped still opens', async () => {
  const wrapped = (await openFileKeyVault(folder)).wrap(secret)
  const vault = await openDesktopVault(folder, keyring({ available: true }))
  expect(vault.protection).toBe('system')
  expect(vault.unwrap(wrapped)).toEqual(secret)
  expect(await readdir(folder)).toEqual(['vault.sealed'])
})

test('SAFE-3: a locked keyring is said plainly, and the sealed key is left as it is', async () => {
  await openDesktopVault(folder, keyring({ available: true }))
  const before = await readFile(path.join(folder, 'vault.sealed'))
  await expect(openDesktopVault(folder, keyring({ available: true, locked: true }))).rejects.toMatchObject({
    kind: 'no-permission',
  })
  expect(await readFile(path.join(folder, 'vault.sealed'))).toEqual(before)
  expect((await stat(folder)).isDirectory()).toBe(true)
})

test('a runtime that has the asynchronous keyring is asked through it', async () => {
  const modern: SystemKeyring = {
    ...keyring({ available: false, locked: true }),
    isAsyncEncryptionAvailable: async () => true,
    encryptStringAsync: async (text) => Buffer.from(text).reverse(),
    decryptStringAsync: async (sealed) => ({
      shouldReEncrypt: false,
      result: Buffer.from(sealed).reverse().toString(),
    }),
  }
  const vault = await openDesktopVault(folder, modern)
  expect(vault.protection).toBe('system')
  expect((await openDesktopVault(folder, modern)).unwrap(vault.wrap(secret))).toEqual(secret)
})
