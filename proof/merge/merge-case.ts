/** One case: a document, two to four replicas of it edited apart or together, and the laws of merging held against them. */
import path from 'node:path'
import * as Y from 'yjs'
import { DetachedDocument } from '../../main/documents/detached-document.ts'
import type { SheafFileContent } from '../../main/storage/sheaf-file.ts'
import { canonicalJson } from '../../shared/document/canonical-json.ts'
import { readShape } from '../../shared/document/document-shape.ts'
import { createSteadyDocument } from '../../shared/document/steady-document.ts'
import { type Random, seededRandom } from '../seeded-random.ts'
import { seededSuite } from '../seeded-suite.ts'
import { randomEdit } from './random-edit.ts'
import { detachedReplica, openReplica, ports, type Replica } from './replica.ts'

/** How the replicas hear of each other before the end: not at all, now and then, or after each edit. */
type Hearing = 'apart' | 'sometimes' | 'always'

export interface MergeCase {
  readonly random: Random
  readonly suite: ReturnType<typeof seededSuite>
  readonly replicas: readonly Replica[]
  /** Whether two replicas write with one key, as a restored backup would that goes on as if nothing had been. */
  readonly twins: boolean
  /** A Yjs document that heard of every edit the moment it was made; of twins’ it can’t: they share their ids. */
  readonly live: Y.Doc
  /** What the replicas held before anybody's last run was closed. */
  readonly shared: readonly SheafFileContent[]
  /** What they published in the end. */
  readonly published: readonly SheafFileContent[]
  readonly edits: number
  /** Replicas that differed after hearing of each other at once. */
  readonly differences: number
}

/** The caller closes the replicas. */
export async function playCase(seed: number, folder: string): Promise<MergeCase> {
  const random = seededRandom(seed)
  const suite = seededSuite(seed)
  const live = createSteadyDocument()
  const founded = DetachedDocument.found(ports(suite))
  founded.edit((doc) => editHeard(doc, random, live))
  const twins = random.below(5) === 0
  const hearing = random.pick<Hearing>(['apart', 'sometimes', 'sometimes', 'always'])
  const replicas = makeReplicas(founded.content(), twins, random, suite, folder)
  if (twins) await editAlike(replicas.slice(0, 2), random)
  let [edits, differences] = [1, 0]
  const rounds = 4 + random.below(random.pick([6, 12, 36]))
  // One who writes most of it has long runs, closed again and again.
  const main = random.pick(replicas)
  for (let round = 0; round < rounds; round++) {
    const editor = random.below(2) === 0 ? main : random.pick(replicas)
    await editor.edit((doc) => (twins ? randomEdit(doc, random) : editHeard(doc, random, live)))
    edits += 1
    if (random.below(6) === 0) editor.publish()
    // A writer that meets its own fork can't go on, and who builds on the branch that is not folded builds on nothing:
    // twins are heard of when all is written.
    const heard = !twins || replicas.indexOf(editor) > 1
    const listeners = twins ? replicas.slice(2) : replicas
    if (hearing === 'sometimes' && heard && random.below(3) === 0) {
      const listener = random.pick(listeners)
      if (listener !== editor) listener.merge(editor.share())
    }
    if (hearing === 'always' && !twins) {
      const content = editor.share()
      for (const listener of replicas) if (listener !== editor) listener.merge(content)
      const texts = new Set([...replicas.map((replica) => replica.json()), canonicalJson(readShape(live))])
      differences += texts.size - 1
    }
  }
  const shared = replicas.map((replica) => replica.share())
  const published = replicas.map((replica) => replica.publish())
  return { random, suite, replicas, twins, live, shared, published, edits, differences }
}

function makeReplicas(
  content: SheafFileContent,
  twins: boolean,
  random: Random,
  suite: MergeCase['suite'],
  folder: string,
): Replica[] {
  const count = 2 + random.below(3)
  const twin = random.below(2 ** 31)
  const stored = random.below(3) === 0 ? count - 1 : -1
  return Array.from({ length: count }, (_, index) => {
    // Equal randomness makes equal keys.
    if (twins && index < 2) return detachedReplica(seededSuite(twin), content)
    return index === stored
      ? openReplica(suite, content, path.join(folder, 'replica'))
      : detachedReplica(suite, content)
  })
}

/** What twins wrote before they parted is the same record with both. */
async function editAlike(twins: readonly Replica[], random: Random): Promise<void> {
  const seed = random.below(2 ** 31)
  const times = random.below(4)
  for (const twin of twins) {
    const alike = seededRandom(seed)
    for (let edit = 0; edit < times; edit++) await twin.edit((doc) => randomEdit(doc, alike))
  }
}

function editHeard(doc: Y.Doc, random: Random, live: Y.Doc): void {
  doc.once('update', (update: Uint8Array) => Y.applyUpdate(live, update))
  randomEdit(doc, random)
}
