/** A whole Sheaf without a screen, on a computer of the proof: one window on one document. */
import fs from 'node:fs'
import path from 'node:path'
import process from 'node:process'
import readline from 'node:readline'
import * as Y from 'yjs'
import { createSheaf } from '../../main/create-sheaf.ts'
import { openHubs } from '../../main/network/open-hubs.ts'
import { BODY } from '../../shared/document/document-shape.ts'
import { createSteadyDocument } from '../../shared/document/steady-document.ts'
import type { DocumentId } from '../../shared/ids.ts'
import type { PersonNews, PersonOrder } from './two-people.ts'

const [folder = '', name = ''] = process.argv.slice(2)
const WINDOW = 1
const FROM_MAIN = 'main'

function tell(news: PersonNews): void {
  fs.writeSync(1, `${JSON.stringify(news)}\n`)
}

process.on('uncaughtException', (cause) => {
  tell({ error: cause.stack ?? cause.message })
  process.exit(1)
})

const folders = { data: path.join(folder, 'data'), defaultLibrary: path.join(folder, 'library') }
for (const one of Object.values(folders)) fs.mkdirSync(one, { recursive: true })
const sheaf = await createSheaf({
  clock: { now: () => Date.now() },
  vault: { protection: 'file-rights', wrap: (secret) => secret, unwrap: (wrapped) => wrapped },
  systemTrash: { discard: async () => undefined },
  folders,
  logger: { info: () => undefined, error: (event, cause) => tell({ error: `${event}: ${String(cause)}` }) },
  accountName: name,
  appVersion: '0.0.0',
  hubs: openHubs,
})

let shown: { readonly documentId: DocumentId; readonly doc: Y.Doc } | null = null
sheaf.subscribe((announcement) => {
  if (announcement.name === 'sync.changed') {
    for (const { way, state, problem } of announcement.payload.ways)
      if (way === 'lan') tell({ lan: { state, problem } })
  }
  if (announcement.name !== 'document.updated' || announcement.except === WINDOW || shown === null) return
  if (announcement.payload.documentId === shown.documentId)
    Y.applyUpdate(shown.doc, announcement.payload.update, FROM_MAIN)
  tellText()
})

async function show(documentId: DocumentId): Promise<void> {
  const { state, clientId } = await sheaf.documents.open(documentId, WINDOW)
  const doc = createSteadyDocument()
  doc.clientID = clientId
  Y.applyUpdate(doc, state, FROM_MAIN)
  doc.on('update', (update: Uint8Array, origin: unknown) => {
    if (origin !== FROM_MAIN) sheaf.documents.append(documentId, WINDOW, 0, update).then(tellText, fail)
  })
  shown = { documentId, doc }
  tellText()
}

function tellText(): void {
  if (shown !== null) tell({ text: shown.doc.getXmlFragment(BODY).toString() })
}

function fail(cause: unknown): void {
  tell({ error: cause instanceof Error ? (cause.stack ?? cause.message) : String(cause) })
}

async function obey(order: PersonOrder): Promise<void> {
  const documentId = shown?.documentId ?? ''
  switch (order.do) {
    case 'create':
      return show((await sheaf.library.create(order.title)).documentId)
    case 'invite':
      return tell(await sheaf.sharing.invite(documentId, { role: 'editor', uses: 1, hours: 1, approval: false }))
    case 'join': {
      const joined = await sheaf.sharing.join(order.link)
      if (joined.kind === 'joined') return show(joined.documentId)
      return fail(`joining: ${JSON.stringify(joined)}`)
    }
    case 'type': {
      const block = new Y.XmlElement('block')
      block.insert(0, [new Y.XmlText(order.text)])
      shown?.doc.getXmlFragment(BODY).push([block])
      return
    }
    case 'remove': {
      const { people } = await sheaf.sharing.view(documentId)
      for (const { id, you } of people) if (!you) await sheaf.sharing.remove(documentId, id)
      return
    }
    case 'leave':
      await sheaf.close()
      process.exit(0)
  }
}

tell({ ready: true })
for await (const line of readline.createInterface({ input: process.stdin })) {
  await obey(JSON.parse(line) as PersonOrder).catch(fail)
}
