/**
 * The secrets of this installation: the person's root and this device's seed. Made at first launch, wrapped by the key
 * vault, kept in the data folder. Every document's keys are derived from them, unlinkable to each other.
 */
import fs from 'node:fs/promises'
import path from 'node:path'
import { decode, encode } from 'cborg'
import type { CryptoSuite } from '../../shared/crypto/crypto-suite.ts'
import { equalBytes } from '../../shared/ids.ts'
import { ENTROPY_BYTES, rootOf } from '../../shared/sharing/recovery-words.ts'
import { SheafError } from '../../shared/errors.ts'
import type { KeyVault } from '../ports.ts'
import { replaceFile } from '../storage/replace-file.ts'

export interface Secrets {
  readonly userRoot: Uint8Array
  readonly deviceSeed: Uint8Array
}

export interface Installation extends Secrets {
  /** What the recovery words stand for: 16 bytes that the root is made from, or the 32 of an older root itself. */
  readonly entropy: Uint8Array
  /**
   * What documents are opened with where this device is not in: what was here before somebody was restored, whose
   * documents stay theirs, and the person's other devices, until this one is let in beside them.
   */
  readonly former: readonly Secrets[]
}

/** Who a vault says somebody is. */
export interface Restored {
  readonly userRoot: Uint8Array
  readonly entropy: Uint8Array
  /** Of the devices the person has, or had. */
  readonly deviceSeeds: readonly Uint8Array[]
  /** Whether the device that is here was removed somewhere: then another one comes back. */
  readonly isOut: boolean
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
  const entropy = suite.random(ENTROPY_BYTES)
  const installation = { userRoot: rootOf(suite, entropy), deviceSeed: suite.random(32), entropy, former: [] }
  await replaceFile(file, vault.wrap(encode(installation)), { mode: 0o600 })
  return { installation, found: wrapped === null ? 'first' : 'unreadable' }
}

/**
 * The installation goes on as somebody who was restored, with a device of its own: two computers with one would count as
 * one. What it was before is kept beside. Who is this person already keeps the device, unless that was removed.
 */
export async function restoreInstallation(
  folder: string,
  vault: KeyVault,
  suite: CryptoSuite,
  before: Installation,
  { userRoot, entropy, deviceSeeds, isOut }: Restored,
): Promise<Installation> {
  const isSame = equalBytes(before.userRoot, userRoot) && !isOut
  const deviceSeed = isSame ? before.deviceSeed : suite.random(32)
  const known = isSame
    ? before.former
    : [...before.former, { userRoot: before.userRoot, deviceSeed: before.deviceSeed }]
  const others = deviceSeeds
    .filter((seed) => !equalBytes(seed, deviceSeed) && !known.some((one) => equalBytes(one.deviceSeed, seed)))
    .map((seed) => ({ userRoot, deviceSeed: seed }))
  const installation = { userRoot, deviceSeed, entropy, former: [...known, ...others] }
  await replaceFile(path.join(folder, 'installation.key'), vault.wrap(encode(installation)), { mode: 0o600 })
  return installation
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
    const { userRoot, deviceSeed, entropy, former } = value as Record<string, unknown>
    if (!isKey(userRoot) || !isKey(deviceSeed)) return null
    const known = entropy instanceof Uint8Array && entropy.length === ENTROPY_BYTES ? entropy : userRoot
    return { userRoot, deviceSeed, entropy: known, former: Array.isArray(former) ? former.filter(isSecrets) : [] }
  } catch {
    return null
  }
}

function isSecrets(value: unknown): value is Secrets {
  if (typeof value !== 'object' || value === null) return false
  const { userRoot, deviceSeed } = value as Record<string, unknown>
  return isKey(userRoot) && isKey(deviceSeed)
}

function isKey(value: unknown): value is Uint8Array {
  return value instanceof Uint8Array && value.length === 32
}
