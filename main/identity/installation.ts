/**
 * The secrets of this installation: the person's root and this device's seed. Made at first launch, wrapped by the key
 * vault, kept in the data folder. Every document's keys are derived from them, unlinkable to each other.
 */
import fs from 'node:fs/promises'
import path from 'node:path'
import { decode, encode } from 'cborg'
import type { CryptoSuite } from '../../shared/crypto/crypto-suite.ts'
import { SheafError } from '../../shared/errors.ts'
import type { KeyVault } from '../ports.ts'
import { replaceFile } from '../storage/replace-file.ts'

export interface Installation {
  readonly userRoot: Uint8Array
  readonly deviceSeed: Uint8Array
}

/**
 * Loads the installation's secrets, or makes them. Secrets that are there but can't be unwrapped are set aside, never
 * overwritten: documents founded with them stay readable, and a new identity writes from now on.
 */
export async function loadInstallation(
  folder: string,
  vault: KeyVault,
  suite: CryptoSuite,
): Promise<{ installation: Installation; found: 'kept' | 'first' | 'unreadable' }> {
  await fs.mkdir(folder, { recursive: true })
  const file = path.join(folder, 'installation.key')
  const wrapped = await readIfThere(file)
  if (wrapped !== null) {
    const installation = unwrap(wrapped, vault)
    if (installation !== null) return { installation, found: 'kept' }
    await fs.rename(file, `${file}.unreadable-${Date.now()}`)
  }
  const installation = { userRoot: suite.random(32), deviceSeed: suite.random(32) }
  await replaceFile(file, vault.wrap(encode(installation)), { mode: 0o600 })
  return { installation, found: wrapped === null ? 'first' : 'unreadable' }
}

async function readIfThere(file: string): Promise<Uint8Array | null> {
  try {
    return new Uint8Array(await fs.readFile(file))
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return null
    throw new SheafError('disk-error', 'Sheaf could not read its key file.', {}, { cause })
  }
}

function unwrap(wrapped: Uint8Array, vault: KeyVault): Installation | null {
  try {
    const value: unknown = decode(vault.unwrap(wrapped))
    if (typeof value !== 'object' || value === null) return null
    const { userRoot, deviceSeed } = value as Record<string, unknown>
    const key = (bytes: unknown): bytes is Uint8Array => bytes instanceof Uint8Array && bytes.length === 32
    return key(userRoot) && key(deviceSeed) ? { userRoot, deviceSeed } : null
  } catch {
    return null
  }
}
