/**
 * Changes of a document's membership: rows that this device signs, appended here where this device appends, else proposed
 * to whoever does and waited for. When another's row came first they are made anew.
 */
import type { CryptoSuite } from '../../shared/crypto/crypto-suite.ts'
import { SheafError } from '../../shared/errors.ts'
import type { DocumentId } from '../../shared/ids.ts'
import { equalBytes } from '../../shared/ids.ts'
import { type Chain, followRows } from '../../shared/membership/chain.ts'
import type { MemberChange, StoredLink } from '../../shared/membership/member-op.ts'
import { isSequencer, type Membership } from '../../shared/membership/membership.ts'
import type { OpenDocument } from '../documents/open-document.ts'

/** Milliseconds. */
const PATIENCE = 10_000
const LOOK_EVERY = 50
/** A row is proposed again so often: whoever appends may have been met only now, or not have heard. */
const PROPOSE_EVERY = 500

/** The next change, from the membership as it is before it; null when there is none, also because it is done already. */
export type NextChange = (membership: Membership) => MemberChange | null

/** How time passes for who waits. */
export interface Waiting {
  now(): number
  wait(milliseconds: number): Promise<void>
}

const ORDINARY: Waiting = {
  now: () => Date.now(),
  wait: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
}

export class ChainChanges {
  private readonly suite: CryptoSuite
  private readonly propose: (documentId: DocumentId, row: StoredLink) => void
  private readonly patience: number
  private readonly time: Waiting

  constructor(
    suite: CryptoSuite,
    propose: (documentId: DocumentId, row: StoredLink) => void,
    patience: number = PATIENCE,
    time: Waiting = ORDINARY,
  ) {
    this.suite = suite
    this.propose = propose
    this.patience = patience
    this.time = time
  }

  /** Resolves when all changes are in the chain on this disk. Throws `no-permission`, or `unreachable` when nobody appends. */
  async make(document: OpenDocument, changes: readonly NextChange[]): Promise<void> {
    const end = this.time.now() + this.patience
    for (;;) {
      const rows = this.rows(document, changes)
      const last = rows.at(-1)
      if (last === undefined) return
      if (appends(document)) {
        document.follow(rows)
        return
      }
      const before = document.chain().rows.length
      // Who appended until now may be who is removed by the first of them, and then it is this device.
      const isAnswered = (): boolean => has(document, last) || isOvertaken(document, rows, before) || appends(document)
      await this.proposed(document.documentId, rows, isAnswered, end)
      if (has(document, last)) return
    }
  }

  /** Has somebody's row appended; 'stale' when another came first. */
  async append(document: OpenDocument, row: StoredLink): Promise<'appended' | 'stale'> {
    const { length } = document.chain().rows
    if (appends(document)) {
      document.propose(row)
      return has(document, row) ? 'appended' : 'stale'
    }
    const isAnswered = (): boolean => document.chain().rows.length > length
    await this.proposed(document.documentId, [row], isAnswered, this.time.now() + this.patience)
    return has(document, row) ? 'appended' : 'stale'
  }

  /** Proposes rows again and again until it is known what became of them. Throws `unreachable` at the end of patience. */
  private async proposed(
    documentId: DocumentId,
    rows: readonly StoredLink[],
    isAnswered: () => boolean,
    end: number,
  ): Promise<void> {
    let again = 0
    while (!isAnswered()) {
      const now = this.time.now()
      if (now >= end)
        throw new SheafError(
          'unreachable',
          'Nobody who keeps the list of members of this document can be reached just now.',
        )
      if (now >= again) {
        for (const row of rows) this.propose(documentId, row)
        again = now + PROPOSE_EVERY
      }
      await this.time.wait(LOOK_EVERY)
    }
  }

  private rows(document: OpenDocument, changes: readonly NextChange[]): StoredLink[] {
    let chain: Chain = document.chain()
    const rows: StoredLink[] = []
    for (const next of changes) {
      const change = next(chain.membership)
      if (change === null) continue
      const row = document.members.sign(change, chain.membership)
      const after = followRows(this.suite, chain, [row])
      if (typeof after === 'string' || after === chain) throw refused(after)
      rows.push(row)
      chain = after
    }
    return rows
  }
}

function appends({ members }: OpenDocument): boolean {
  return isSequencer(members.membership, members.device.publicKey)
}

function has(document: OpenDocument, { hash }: StoredLink): boolean {
  return document.chain().rows.some((row) => equalBytes(row.hash, hash))
}

/** Another row stands where one of these would: some may be in the chain, and the others never will. */
function isOvertaken(document: OpenDocument, rows: readonly StoredLink[], at: number): boolean {
  const there = document.chain().rows.slice(at)
  return rows.some(({ hash }, index) => {
    const row = there[index]
    return row !== undefined && !equalBytes(row.hash, hash)
  })
}

function refused(why: unknown): SheafError {
  return why === 'not-allowed'
    ? new SheafError('no-permission', 'Only an owner of this document may do that.')
    : new SheafError('invalid-argument', 'That can’t be done with the members as they are now.')
}
