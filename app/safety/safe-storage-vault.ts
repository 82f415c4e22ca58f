/**
 * The key vault of the desktop: one random key, kept sealed by the system's keyring through Electron's safeStorage.
 * Where there is no keyring the plain file vault takes its place, and says so by its `protection`.
 */
import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import type { SafeStorage } from 'electron'
import {
  keyVault,
  openFileKeyVault,
  readFileKey,
  removeFileKey,
  VAULT_KEY_BYTES,
} from '../../main/identity/file-key-vault.ts'
import type { KeyVault } from '../../main/ports.ts'
import { replaceFile } from '../../main/storage/replace-file.ts'
import { SheafError } from '../../shared/errors.ts'

const SEALED_FILE = 'vault.sealed'

/** The part of Electron's safeStorage that is used. The asynchronous calls stand only in newer versions of Electron. */
export type SystemKeyring = Pick<SafeStorage, 'isEncryptionAvailable' | 'encryptString' | 'decryptString'> &
  Partial<
    Pick<
      SafeStorage,
      'isAsyncEncryptionAvailable' | 'encryptStringAsync' | 'decryptStringAsync' | 'getSelectedStorageBackend'
    >
  >

/**
 * Opens the vault of a data folder. A key that was kept in a plain file moves into the keyring as soon as there is one.
 * Throws a `SheafError` of kind 'no-permission' when the key is in the keyring and the keyring does not give it.
 */
export async function openDesktopVault(folder: string, keyring: SystemKeyring): Promise<KeyVault> {
  const file = path.join(folder, SEALED_FILE)
  const sealed = await readSealed(file)
  if (sealed !== null) {
    const { key, sealAgain } = await unseal(sealed, keyring)
    if (sealAgain) await replaceFile(file, await seal(key, keyring), { mode: 0o600 })
    return keyVault(key, 'system')
  }
  if (!(await hasKeyring(keyring))) return openFileKeyVault(folder)
  const key = (await readFileKey(folder)) ?? new Uint8Array(randomBytes(VAULT_KEY_BYTES))
  await replaceFile(file, await seal(key, keyring), { mode: 0o600 })
  // The plain key goes only after what is now on disk was seen to open.
  const kept = await unseal(await readFile(file), keyring)
  if (!Buffer.from(kept.key).equals(Buffer.from(key)))
    throw new Error('Broken invariant: the keyring gives back what it got')
  await removeFileKey(folder)
  return keyVault(key, 'system')
}

async function hasKeyring(keyring: SystemKeyring): Promise<boolean> {
  // On Linux without a keyring the runtime offers a fixed password, which protects nothing.
  if (process.platform === 'linux' && keyring.getSelectedStorageBackend?.() === 'basic_text') return false
  return keyring.isAsyncEncryptionAvailable === undefined
    ? keyring.isEncryptionAvailable()
    : await keyring.isAsyncEncryptionAvailable()
}

async function seal(key: Uint8Array, keyring: SystemKeyring): Promise<Uint8Array> {
  const text = Buffer.from(key).toString('base64')
  return keyring.encryptStringAsync === undefined ? keyring.encryptString(text) : await keyring.encryptStringAsync(text)
}

interface Unsealed {
  readonly key: Uint8Array
  /** Whether the keyring's own secret has changed since, so that the key should be sealed anew. */
  readonly sealAgain: boolean
}

async function unseal(sealed: Buffer, keyring: SystemKeyring): Promise<Unsealed> {
  try {
    const { result, shouldReEncrypt } =
      keyring.decryptStringAsync === undefined
        ? { result: keyring.decryptString(sealed), shouldReEncrypt: false }
        : await keyring.decryptStringAsync(sealed)
    return { key: new Uint8Array(Buffer.from(result, 'base64')), sealAgain: shouldReEncrypt }
  } catch (cause) {
    throw new SheafError(
      'no-permission',
      "The system's keyring does not give Sheaf its key. Unlock the keyring and start Sheaf again.",
      {},
      { cause },
    )
  }
}

async function readSealed(file: string): Promise<Buffer | null> {
  try {
    return await readFile(file)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
}
