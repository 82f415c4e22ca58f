/**
 * Key vaults made of one random key: every secret is sealed with AES-256-GCM under it. Where that key is kept is what
 * makes vaults differ. This file holds the plainest one, a file only its owner may read.
 */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { chmod, link, mkdir, open, readFile, rm } from 'node:fs/promises'
import path from 'node:path'
import { SheafError } from '../../shared/errors.ts'
import type { KeyVault } from '../ports.ts'
import { syncFolder } from '../storage/replace-file.ts'

export const VAULT_KEY_BYTES = 32
const KEY_FILE = 'vault.key'
const FORMAT = 1
const NONCE_BYTES = 12
const TAG_BYTES = 16

/**
 * The vault of a key. Wrapped: one format byte, a 12-byte nonce, the ciphertext, a 16-byte tag. `unwrap` throws a
 * `SheafError` of kind 'damaged' for anything this key did not wrap.
 */
export function keyVault(key: Uint8Array, protection: KeyVault['protection']): KeyVault {
  if (key.length !== VAULT_KEY_BYTES) throw new Error('Broken invariant: a vault key has 32 bytes')
  return {
    protection,
    wrap(secret) {
      const nonce = randomBytes(NONCE_BYTES)
      const cipher = createCipheriv('aes-256-gcm', key, nonce)
      const sealed = Buffer.concat([cipher.update(secret), cipher.final()])
      return new Uint8Array(Buffer.concat([Buffer.from([FORMAT]), nonce, sealed, cipher.getAuthTag()]))
    },
    unwrap(wrapped) {
      try {
        if (wrapped[0] !== FORMAT || wrapped.length < 1 + NONCE_BYTES + TAG_BYTES)
          throw new Error('Not a wrapped secret')
        const nonce = wrapped.subarray(1, 1 + NONCE_BYTES)
        const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_BYTES })
        decipher.setAuthTag(wrapped.subarray(wrapped.length - TAG_BYTES))
        const sealed = wrapped.subarray(1 + NONCE_BYTES, wrapped.length - TAG_BYTES)
        return new Uint8Array(Buffer.concat([decipher.update(sealed), decipher.final()]))
      } catch (cause) {
        throw new SheafError('damaged', 'A stored key can not be read on this installation.', {}, { cause })
      }
    },
  }
}

/**
 * Opens the vault whose key is the file `vault.key` (mode 0600) in a folder, made on first use. Two processes that start
 * at the same time end up with the same key. Throws a `SheafError` of kind 'damaged' when the file is not a key.
 */
export async function openFileKeyVault(folder: string): Promise<KeyVault> {
  const file = path.join(folder, KEY_FILE)
  const key = (await readKey(file)) ?? (await makeKey(file))
  // A copied data folder may have lost the file's rights.
  await chmod(file, 0o600)
  return keyVault(key, 'file-rights')
}

/** The key that `openFileKeyVault` made in a folder, or null when there is none. */
export function readFileKey(folder: string): Promise<Uint8Array | null> {
  return readKey(path.join(folder, KEY_FILE))
}

/** Removes the key's file, for a key that is kept in a better place now. Does nothing when there is none. */
export async function removeFileKey(folder: string): Promise<void> {
  await rm(path.join(folder, KEY_FILE), { force: true })
}

async function readKey(file: string): Promise<Uint8Array | null> {
  let key: Uint8Array
  try {
    key = new Uint8Array(await readFile(file))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
  if (key.length !== VAULT_KEY_BYTES)
    throw new SheafError('damaged', 'The file that keeps the keys of this installation is damaged.')
  return key
}

async function makeKey(file: string): Promise<Uint8Array> {
  const folder = path.dirname(file)
  await mkdir(folder, { recursive: true })
  const temporary = `${file}.${randomBytes(6).toString('hex')}.tmp`
  try {
    const handle = await open(temporary, 'wx', 0o600)
    try {
      await handle.writeFile(randomBytes(VAULT_KEY_BYTES))
      await handle.sync()
    } finally {
      await handle.close()
    }
    // A link, unlike a rename, never replaces the key another process has just made.
    await link(temporary, file).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error
    })
  } finally {
    await rm(temporary, { force: true })
  }
  await syncFolder(folder)
  const key = await readKey(file)
  if (key === null) throw new SheafError('disk-error', 'The keys of this installation could not be stored.')
  return key
}
