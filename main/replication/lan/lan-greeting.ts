/**
 * A greeting: the three messages that begin a connection on the local network, and the keys that come of them.
 *
 * Noise XX, with a static key made for this run of the app alone: it says nothing of who this is, documents are proved
 * inside. Who knocks with a secret (an invite's, a pairing code's) mixes it in (XXpsk0). All three messages have one
 * length whether there is a secret or not, and who answers without knowing it goes on as if there were none: only who has
 * it can tell. Bytes from outside never throw here.
 */
import Noise from 'noise-handshake'
import curve from 'noise-handshake/dh.js'
import { concat, type CryptoSuite, domain, TAG_BYTES } from '../../../shared/crypto/crypto-suite.ts'
import { equalBytes } from '../../../shared/ids.ts'

/** Version of what is said on the local network, first byte of either side. */
export const LAN_VERSION = 1
/** What a later version begins with, too; a program that is none of ours does not. */
const LAST_VERSION = 15

const PROLOGUE = domain('lan/1')
const KNOCK_DOMAIN = domain('lan-knock/1')
const SALT = 16
const KNOCK = SALT + 16
const KEY = 32
/** Lengths of the three messages. */
export const GREETING = {
  first: 1 + KNOCK + KEY + TAG_BYTES,
  second: 1 + KEY + KEY + TAG_BYTES * 2,
  third: 64,
} as const

/** 0 for the side that dialled, 1 for the one that answered. */
export type Side = 0 | 1

/** This run's static key. */
export type StaticKey = ReturnType<typeof curve.generateKeyPair>

export function newStaticKey(): StaticKey {
  return curve.generateKeyPair()
}

/** What both sides have when they have greeted each other. */
export interface Secured {
  readonly side: Side
  readonly tx: Uint8Array
  readonly rx: Uint8Array
  /** The same on both sides, and on no other connection. */
  readonly hash: Uint8Array
  /** The other's static key. */
  readonly key: Uint8Array
  /** The secret both have shown to know. */
  readonly secret: Uint8Array | null
}

export type GreetingStep =
  | { readonly kind: 'more'; readonly length: number; readonly send: Uint8Array | null }
  | { readonly kind: 'done'; readonly secured: Secured; readonly send: Uint8Array | null }
  /** Another version than ours; another secret than ours; something that is no greeting. */
  | { readonly kind: 'failed'; readonly why: 'version' | 'key' | 'garbled'; readonly send: Uint8Array | null }

/** One side's greeting: `begin`, then `receive` with as many bytes as it said. */
export interface LanGreeting {
  begin(): GreetingStep
  receive(message: Uint8Array): GreetingStep
}

export class Dialling implements LanGreeting {
  private readonly suite: CryptoSuite
  private readonly key: StaticKey
  private readonly secret: Uint8Array | null
  private noise: Noise | null = null

  constructor(suite: CryptoSuite, key: StaticKey, secret: Uint8Array | null = null) {
    this.suite = suite
    this.key = key
    this.secret = secret
  }

  begin(): GreetingStep {
    const { suite, secret } = this
    const salt = suite.random(SALT)
    const knock = secret === null ? suite.random(KNOCK) : concat(salt, knockWith(suite, secret, salt))
    this.noise = noiseWith(true, this.key, secret, knock)
    // Without a secret nothing is encrypted yet, and random bytes stand where the proof of one would.
    const payload = secret === null ? suite.random(TAG_BYTES) : new Uint8Array(0)
    const first = concat(Uint8Array.of(LAN_VERSION), knock, this.noise.send(Buffer.from(payload)))
    return { kind: 'more', length: 1, send: first }
  }

  receive(message: Uint8Array): GreetingStep {
    const { noise } = this
    if (noise === null) throw new Error('Broken invariant: an answer before the greeting')
    const [version = 0] = message
    if (message.length === 1) {
      if (version === LAN_VERSION) return { kind: 'more', length: GREETING.second - 1, send: null }
      return failed(version > 0 && version <= LAST_VERSION ? 'version' : 'garbled')
    }
    if (received(noise, message) === null) return failed(this.secret === null ? 'garbled' : 'key')
    const third = new Uint8Array(noise.send())
    return { kind: 'done', secured: securedBy(noise, 0, this.secret), send: third }
  }
}

export class Answering implements LanGreeting {
  private readonly suite: CryptoSuite
  private readonly key: StaticKey
  private readonly secrets: () => readonly Uint8Array[]
  private noise: Noise | null = null
  private secret: Uint8Array | null = null

  constructor(suite: CryptoSuite, key: StaticKey, secrets: () => readonly Uint8Array[]) {
    this.suite = suite
    this.key = key
    this.secrets = secrets
  }

  begin(): GreetingStep {
    return { kind: 'more', length: 1, send: null }
  }

  receive(message: Uint8Array): GreetingStep {
    if (message.length === 1) {
      const [version = 0] = message
      if (version === LAN_VERSION) return { kind: 'more', length: GREETING.first - 1, send: null }
      const isLater = version > LAN_VERSION && version <= LAST_VERSION
      return { kind: 'failed', why: 'version', send: isLater ? Uint8Array.of(LAN_VERSION) : null }
    }
    if (this.noise === null) return this.answer(message)
    if (received(this.noise, message) === null) return failed('garbled')
    return { kind: 'done', secured: securedBy(this.noise, 1, this.secret), send: null }
  }

  private answer(message: Uint8Array): GreetingStep {
    const knock = message.subarray(0, KNOCK)
    const first = message.subarray(KNOCK)
    const salt = knock.subarray(0, SALT)
    const meant = this.secrets().find((one) => equalBytes(knockWith(this.suite, one, salt), knock.subarray(SALT)))
    let noise = noiseWith(false, this.key, meant ?? null, knock)
    this.secret = meant ?? null
    if (received(noise, first) === null) {
      // A knock that somebody else's was copied for: answered as one without.
      noise = noiseWith(false, this.key, null, knock)
      this.secret = null
      if (received(noise, first) === null) return failed('garbled')
    }
    this.noise = noise
    const second = concat(Uint8Array.of(LAN_VERSION), answered(noise) ?? new Uint8Array(0))
    if (second.length !== GREETING.second) return failed('garbled')
    return { kind: 'more', length: GREETING.third, send: second }
  }
}

function failed(why: 'version' | 'key' | 'garbled'): GreetingStep {
  return { kind: 'failed', why, send: null }
}

/** What shows who knows the secret that it is meant, and nobody else anything. */
function knockWith(suite: CryptoSuite, secret: Uint8Array, salt: Uint8Array): Uint8Array {
  return suite.hash(KNOCK_DOMAIN, secret, salt).subarray(0, KNOCK - SALT)
}

function noiseWith(isDialling: boolean, key: StaticKey, secret: Uint8Array | null, knock: Uint8Array): Noise {
  const noise =
    secret === null
      ? new Noise('XX', isDialling, key)
      : new Noise('XXpsk0', isDialling, key, { psk: Buffer.from(secret) })
  noise.initialise(Buffer.from(concat(PROLOGUE, Uint8Array.of(LAN_VERSION), knock)))
  return noise
}

/** Null for what was not made under these keys: the library throws, whatever is wrong with the bytes. */
function received(noise: Noise, message: Uint8Array): Uint8Array | null {
  try {
    return noise.recv(Buffer.from(message))
  } catch {
    return null
  }
}

/** Null when the other's key is none that anything can be agreed on with. */
function answered(noise: Noise): Uint8Array | null {
  try {
    return noise.send()
  } catch {
    return null
  }
}

function securedBy(noise: Noise, side: Side, secret: Uint8Array | null): Secured {
  const { tx, rx, hash, rs } = noise
  if (tx === null || rx === null || hash === null || rs === null)
    throw new Error('Broken invariant: a greeting that is done has its keys')
  const copy = (bytes: Uint8Array): Uint8Array => Uint8Array.from(bytes)
  return { side, tx: copy(tx), rx: copy(rx), hash: copy(hash), key: copy(rs), secret }
}
