import { randomBytes } from 'node:crypto'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import type { CryptoSuite } from '../../shared/crypto/crypto-suite.ts'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { Mailbox } from '../mailbox/mailbox.ts'
import { RELAY_LIMITS } from '../relay-limits.ts'
import { Metrics } from '../serving/metrics.ts'
import { CommitQueue } from './commit-queue.ts'

let folder: string
let mailbox: Mailbox
let queue: CommitQueue
let lines: string[]
let metrics: Metrics

beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'sheaf-queue-'))
  mailbox = new Mailbox(folder, randomBytes)
  lines = []
  metrics = new Metrics()
  const log = (event: string): void => void lines.push(event)
  const clock = { now: () => 0 }
  queue = new CommitQueue({ suite: {} as CryptoSuite, clock, limits: RELAY_LIMITS, mailbox, metrics, log })
})

afterEach(() => {
  mailbox.close()
  fs.rmSync(folder, { recursive: true })
})

const id = (byte: number): Uint8Array => new Uint8Array(32).fill(byte)

function found(byte: number): () => string {
  return () => {
    mailbox.documents.found(id(byte), 0)
    return 'founded'
  }
}

function fails(error: Error): () => string {
  return () => {
    throw error
  }
}

describe('the commit queue', () => {
  it('RELAY-31: what came in one turn is one transaction, and told once', async () => {
    let settled = 0
    const settle = (): void => void (settled += 1)
    const work = [1, 2, 3].map((byte) => queue.commit(found(byte), undefined, settle))
    expect(mailbox.documents.find(id(1))).toBeNull()
    expect(await Promise.all(work)).toEqual(['founded', 'founded', 'founded'])
    await new Promise((resolve) => setImmediate(resolve))
    expect([settled, metrics.read('commits')]).toEqual([1, 1])
  })

  it('RELAY-31: when the disk refuses, nothing of it is there, everybody is told, and memory forgets it too', async () => {
    const undone: number[] = []
    const full = Object.assign(new Error('full'), { code: 'SQLITE_FULL' })
    const work = [
      queue.commit(found(1), () => undone.push(1)),
      queue.commit(fails(full), () => undone.push(2)),
      queue.commit(found(3), () => undone.push(3)),
    ]
    expect(await Promise.all(work)).toEqual([null, null, null])
    expect(undone).toEqual([1, 2, 3])
    expect([1, 3].map((byte) => mailbox.documents.find(id(byte)))).toEqual([null, null])
    expect(lines).toEqual(['commit-failed'])
    expect(await queue.commit(found(1))).toBe('founded')
  })

  it('RELAY-31: work that is broken in itself is undone by itself', async () => {
    const undone: number[] = []
    const work = [queue.commit(found(1)), queue.commit(fails(new Error('broken')), () => undone.push(2))]
    expect(await Promise.all(work)).toEqual(['founded', null])
    expect(undone).toEqual([2])
    expect(mailbox.documents.find(id(1))).not.toBeNull()
    expect(lines).toEqual(['work-failed'])
  })

  it('RELAY-31: one that is closed has committed what was waiting, and takes no more', async () => {
    const work = queue.commit(found(1))
    queue.close()
    expect(await work).toBe('founded')
    expect(await queue.commit(found(2))).toBeNull()
  })
})
