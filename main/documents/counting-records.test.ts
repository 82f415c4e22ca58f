import { describe, expect, it } from 'vitest'
import { sodiumSuite as suite } from '../identity/sodium-suite.ts'
import { RecordLog } from '../log/record-log.ts'
import { Scribe, SharedDocument, someone } from '../replication/shared-document.fixture.ts'
import { CountingRecords } from './counting-records.ts'

/** A log that tells how often all of it was read. */
class CountedLog extends RecordLog {
  read = 0

  override chains(...given: Parameters<RecordLog['chains']>): ReturnType<RecordLog['chains']> {
    if ((given[0]?.size ?? 0) === 0 && given[1] === undefined) this.read += 1
    return super.chains(...given)
  }
}

describe('counting records', () => {
  it('MEMBER-43: of a document that was never shared no record is looked at', () => {
    const shared = new SharedDocument()
    shared.rotate()
    const log = new CountedLog(suite, shared.documentId)
    const counting = new CountingRecords(suite, log, () => shared.membership)
    const scribe = new Scribe(shared.documentId, null)
    for (let i = 0; i < 3; i++) {
      const before = log.heads()
      log.add([scribe.write(0)])
      expect(counting.recordsAdded(before)).toBe(false)
      expect(counting.ownAdded(before)).toBe(false)
    }
    expect(counting.objections().size).toBe(0)
    expect(counting.membershipChanged(shared.membership)).toBe(false)
    expect(log.read).toBe(0)
  })

  it('MEMBER-16: of one that is shared all is read once, and what members write plainly is added to that', () => {
    const shared = new SharedDocument()
    const bob = someone()
    shared.change({ type: 'add', root: bob.root.publicKey, member: bob.member.publicKey, role: 'editor', key: null })
    const log = new CountedLog(suite, shared.documentId)
    const [own, other, stranger] = [shared.founder.member, bob.member, null].map(
      (member) => new Scribe(shared.documentId, member),
    )
    if (own === undefined || other === undefined || stranger === undefined) throw new Error('There are three.')
    log.add([own.write(0), own.write(1)])
    const counting = new CountingRecords(suite, log, () => shared.membership)
    expect(counting.objections().size).toBe(0)
    for (let i = 0; i < 5; i++) {
      const before = log.heads()
      log.add([own.write(1), other.write(1)])
      expect(counting.recordsAdded(before)).toBe(false)
    }
    expect(log.read).toBe(1)
    const before = log.heads()
    log.add([stranger.write(0)])
    expect(counting.recordsAdded(before)).toBe(false)
    expect([...counting.objections().values()]).toEqual(['stranger'])
    expect(log.read).toBe(2)
  })
})
