/**
 * A sentence that comes in from a peer, in a document of 20,000 records by 40 writers: taken in, kept, and said to have
 * come, beside the same in a document of 200 records. Nobody should wait for what was written before.
 */
import { DocumentReplica } from '../main/replication/document-replica.ts'
import { LogDocument } from '../main/replication/log-document.fixture.ts'
import { Replica as Author } from '../main/log/replica.fixture.ts'
import { sodiumSuite as suite } from '../main/identity/sodium-suite.ts'
import { foundDocument } from '../shared/log/genesis.ts'
import type { SignedRecord } from '../shared/log/record.ts'
import { sealRecord } from '../shared/protocol/envelope.ts'
import type { Bench } from './bench.ts'
import { ratioLine } from './line.ts'
import { rounds, time } from './rounds.ts'

const WRITERS = 40
const SENTENCES = 20

const genesis = foundDocument(suite, 0, suite.random(16), null)
const documentId = genesis.hash
const current = { epoch: 1, key: suite.random(32) }
const keys = { current, all: new Map([[1, current]]) }

export const tellPeers: Bench = {
  name: 'tell-peers',
  async run() {
    const long = write(20_000 / WRITERS)
    const short = write(200 / WRITERS)
    return [
      ratioLine(
        {
          name: 'tell-peers',
          what: 'a sentence from a peer, 20,000 records long',
          unit: 'ms',
          against: 'the same, 200 records long',
          target: 4,
        },
        await rounds(
          () => time(() => hear(long)),
          () => time(() => hear(short)),
        ),
      ),
    ]
  },
}

interface Written {
  readonly replica: DocumentReplica
  readonly peer: DocumentReplica
  readonly next: () => readonly SignedRecord[]
}

function write(each: number): Written {
  const documents = [new LogDocument(suite, [genesis]), new LogDocument(suite, [genesis])] as const
  let last: Author | null = null
  for (let writer = 0; writer < WRITERS; writer++) {
    const author = new Author(documentId, `writer ${writer}`)
    const records: SignedRecord[] = []
    for (let at = 0; at < each; at++) {
      author.type('word ')
      records.push(...author.seal())
    }
    for (const document of documents)
      if (document.merge(records).refused.length > 0) throw new Error('A record was refused.')
    last = author
  }
  const [replica, peer] = documents.map((document) => new DocumentReplica(suite, documentId, document, () => keys))
  if (replica === undefined || peer === undefined || last === null) throw new Error('Nothing was written.')
  const author = last
  const next = (): readonly SignedRecord[] => {
    author.type('And one more. ')
    return author.seal()
  }
  return { replica, peer, next }
}

/** What a sentence costs one who takes it in and passes it on. */
function hear({ replica, peer, next }: Written): void {
  for (let sentence = 0; sentence < SENTENCES; sentence++) {
    const taken = replica.take(next().map((record) => sealRecord(suite, documentId, current, record)))
    if (taken.kind !== 'kept') throw new Error('The sentence was not kept.')
    const onward = peer.take(replica.find(peer.tips(), 512 * 1024))
    if (onward.kind !== 'kept' || onward.waiting.length > 0) throw new Error('The sentence was not passed on.')
  }
}
