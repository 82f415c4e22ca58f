/**
 * One peer of the proof of the local network: a document in a real store, a replicator and a hub, without a screen. Orders
 * come as lines on the standard input, news go as lines to the standard output, both JSON.
 */
import fs from 'node:fs'
import path from 'node:path'
import process from 'node:process'
import readline from 'node:readline'
import * as Y from 'yjs'
import { OpenDocument } from '../../main/documents/open-document.ts'
import { WriterKeeper } from '../../main/documents/writer-keeper.ts'
import { sodiumSuite as suite } from '../../main/identity/sodium-suite.ts'
import { DocumentReplica } from '../../main/replication/document-replica.ts'
import { knockSecret } from '../../main/replication/lan/desk-message.ts'
import { LanHub } from '../../main/replication/lan/lan-hub.ts'
import { Replicator } from '../../main/replication/replicator.ts'
import { DocumentStore } from '../../main/storage/document-store.ts'
import { BODY, FACTS } from '../../shared/document/document-shape.ts'
import { canonicalJson } from '../../shared/document/canonical-json.ts'
import { fromHex, toHex } from '../../shared/ids.ts'
import { documentKeys } from '../../shared/log/genesis.ts'
import type { News, Order, PeerSetup } from './peer.ts'

const setup = JSON.parse(fs.readFileSync(process.argv[2] ?? '', 'utf8')) as PeerSetup
const clock = { now: (): number => Date.now() }
const rows = setup.rows.map(({ op, hash, sig }) => ({ op: fromHex(op), hash: fromHex(hash), sig: fromHex(sig) }))
const [genesis] = rows
if (genesis === undefined) throw new Error('A document begins with a row.')
const { hash: documentId } = genesis
const key = { epoch: 1, key: fromHex(setup.key) }
const keys = { current: key, all: new Map([[1, key]]) }
const installation = { userRoot: fromHex(setup.userRoot), deviceSeed: fromHex(setup.deviceSeed) }
const logger = {
  info: () => undefined,
  error: (event: string, cause: unknown) => tell({ error: `${event}: ${String(cause)}` }),
}

function tell(news: News): void {
  fs.writeSync(1, `${JSON.stringify(news)}\n`)
}

const storePath = path.join(setup.folder, 'document.db')
const store = fs.existsSync(storePath)
  ? DocumentStore.open(storePath)
  : DocumentStore.open(
      storePath,
      rows.map((row, seq) => ({ seq, ...row })),
    )
const keeper = new WriterKeeper({
  suite,
  vault: { protection: 'file-rights', wrap: (secret) => secret, unwrap: (wrapped) => wrapped },
  installation,
  clock,
  displayName: () => setup.name,
  appVersion: '0.0.0',
})
const document: OpenDocument = new OpenDocument({
  documentId: toHex(documentId),
  suite,
  store,
  keeper,
  clock,
  announce: (change) => {
    if (change.kind === 'edited' || change.kind === 'refolded') tell({ text: canonicalJson(document.shape()) })
  },
})
document.rewriteLeftovers()
const replicator = new Replicator({
  suite,
  documentId,
  replica: new DocumentReplica(suite, documentId, document, () => keys),
  clock,
  tell: (_, notice) => {
    if (notice.kind === 'failed') tell({ error: notice.error.message })
    else if (notice.kind === 'refused') tell({ error: `refused: ${notice.reason}` })
  },
})
const hub = new LanHub({ suite, logger, secret: suite.random(32), finding: setup.finding })
const transport = hub.transport({
  documentId,
  device: documentKeys(suite, installation, genesis).member,
  keys: () => keys,
  chain: () => document.chain().rows,
  membership: () => document.chain().membership,
})
let links = 0
transport.watch((status) => tell({ status }))
transport.start((link) => {
  tell({ linked: (links += 1) })
  replicator.meet(link)
})
hub.start()
setInterval(() => replicator.tick(), 250)

async function obey(order: Order): Promise<void> {
  switch (order.do) {
    case 'type':
      await document.edit((doc) => {
        const block = new Y.XmlElement('block')
        block.insert(0, [new Y.XmlText(order.text)])
        doc.getXmlFragment(BODY).push([block])
      })
      document.seal()
      return replicator.changed()
    case 'title':
      await document.edit((doc) => doc.getMap(FACTS).set('title', order.text))
      document.seal()
      return replicator.changed()
    case 'dial':
      return hub.dial(order.address)
    case 'serve': {
      const look = async () => ({ chain: document.chain().rows })
      const desk = { look, take: async () => 'refused' as const, ask: look }
      return hub.serve({ ...desk, lanSecrets: () => [knockSecret(suite, fromHex(order.seed))] })
    }
    case 'knock': {
      const found = await hub.desk([], fromHex(order.seed)).look(documentId, documentId)
      return tell({ answer: typeof found === 'string' ? found : found.chain.length })
    }
    case 'where':
      return tell({ addresses: hub.addresses() })
    case 'leave':
      replicator.leave()
      transport.stop()
      await hub.stop()
      document.close()
      process.exit(0)
  }
}

process.on('uncaughtException', (cause) => {
  tell({ error: `it would have ended: ${cause.stack ?? cause.message}` })
  process.exit(1)
})

for await (const line of readline.createInterface({ input: process.stdin })) await obey(JSON.parse(line) as Order)
