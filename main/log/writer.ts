/**
 * A writer: the signing identity of one run of one replica on one document. It turns captured edits into records and
 * closes its own runs. Its key is random, so a restored backup or a cloned disk can never go on writing as somebody.
 */
import type { CryptoSuite, KeyPair } from '../../shared/crypto/crypto-suite.ts'
import { fromHex, toHex } from '../../shared/ids.ts'
import type { Heads } from '../../shared/log/heads.ts'
import { joinUpdates } from '../../shared/log/join-updates.ts'
import {
  clientId,
  type Dependency,
  encodeBody,
  ORDINARY,
  RECORD_TYPE,
  recordSalt,
  type SignedRecord,
  signRecord,
  type WriterCertificate,
} from '../../shared/log/record.ts'
import { splitUpdate } from '../../shared/log/split-update.ts'
import { closeRun, type LogRecord } from './closed-run.ts'

/** What must be kept, privately, to go on writing after a crash. Thrown away when the run is closed. */
export interface WriterSecrets {
  /** Seed of the signing key, 32 bytes. */
  readonly seed: Uint8Array
  /** Salts of the records are derived from it, 32 bytes. */
  readonly salt: Uint8Array
}

/** One edit as it was captured: a Yjs update of the writer's nth document instance. */
export interface Draft {
  readonly instance: number
  readonly stream: number
  readonly update: Uint8Array
  /** Milliseconds since 1970. */
  readonly at: number
}

/** How far a writer has got: its last record, and the heads it has named in its records so far. */
export interface WriterPosition {
  readonly seq: number
  readonly prev: Uint8Array
  readonly named: Heads
}

export class Writer {
  readonly key: KeyPair
  readonly name: string
  private readonly suite: CryptoSuite
  private readonly documentId: Uint8Array
  private readonly secrets: WriterSecrets
  private readonly certificate: WriterCertificate | null
  private readonly knows: () => number
  private position: WriterPosition

  constructor(
    suite: CryptoSuite,
    documentId: Uint8Array,
    secrets: WriterSecrets,
    position: WriterPosition,
    certificate: WriterCertificate | null,
    /** Number of the last row of the membership chain that is known here. */
    knows: () => number = () => 0,
  ) {
    this.suite = suite
    this.documentId = documentId
    this.secrets = secrets
    this.position = position
    this.certificate = certificate
    this.knows = knows
    this.key = suite.keyPair(secrets.seed)
    this.name = toHex(this.key.publicKey)
  }

  /** The client id of the writer's nth Yjs document instance. */
  clientId(instance: number): number {
    return clientId(this.suite, this.key.publicKey, instance)
  }

  /**
   * Seals edits of one stream into records: joined into one update, split when too large for one record. `heads` is
   * what the log holds; what advanced since this writer's last record becomes the record's dependencies. Before the
   * writer's first record `implied` is asked which of them need not be named.
   */
  seal(drafts: readonly Draft[], heads: Heads, implied: () => Heads = () => new Map()): SignedRecord[] {
    const [first] = drafts
    if (first === undefined) return []
    if (this.position.seq === 0) this.position = { ...this.position, named: implied() }
    const joined = joinUpdates(drafts.map((draft) => draft.update))
    const instances = [...new Set(drafts.map((draft) => draft.instance))].sort((a, b) => a - b)
    const parts = splitUpdate(joined)
    return parts.map((y, i) => {
      const record = this.sign(RECORD_TYPE.update, first.stream, {
        t: Math.floor(first.at / 1000),
        d: i === 0 ? this.advanced(heads) : [],
        n: instances,
        y,
        ...(parts.length === 1 ? {} : { p: [i + 1, parts.length] as const }),
      })
      if (i === 0) this.position = { ...this.position, named: heads }
      return record
    })
  }

  /** Seals edits of any streams. */
  sealAll(drafts: readonly Draft[], heads: Heads, implied: () => Heads): SignedRecord[] {
    const streams = [...new Set(drafts.map((draft) => draft.stream))]
    return streams.flatMap((stream) =>
      this.seal(
        drafts.filter((draft) => draft.stream === stream),
        heads,
        implied,
      ),
    )
  }

  /** Signs the closed run that covers the given records: this writer's own, up to its last. */
  close(records: readonly LogRecord[], at: number): SignedRecord {
    return this.sign(RECORD_TYPE.close, 0, {
      t: Math.floor(at / 1000),
      d: [],
      n: [],
      y: closeRun(this.suite, this.secrets.salt, records),
    })
  }

  private sign(
    type: number,
    stream: number,
    content: {
      t: number
      d: readonly Dependency[]
      n: readonly number[]
      y: Uint8Array
      p?: readonly [number, number]
    },
  ): SignedRecord {
    const seq = this.position.seq + 1
    const payload = encodeBody({
      ...ORDINARY,
      ...content,
      s: recordSalt(this.suite, this.secrets.salt, seq),
      m: this.knows(),
      ...(seq === 1 && this.certificate !== null ? { cert: { ...this.certificate } } : {}),
    })
    const record = signRecord(this.suite, this.documentId, this.key, {
      type,
      stream,
      seq,
      prev: this.position.prev,
      payload,
    })
    this.position = { ...this.position, seq, prev: record.recId }
    return record
  }

  private advanced(heads: Heads): Dependency[] {
    return [...heads]
      .filter(([writer, seq]) => writer !== this.name && seq > (this.position.named.get(writer) ?? 0))
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([writer, seq]) => [fromHex(writer), seq])
  }
}
