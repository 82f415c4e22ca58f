/**
 * Writes `e2e/fixtures/newer.sheaf`: a document with a block, an inline node, a mark and attributes that this version
 * does not know, as a newer one will write them. Run by hand: `node bench/write-newer-fixture.ts FILE`.
 */
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import process from 'node:process'
import * as Y from 'yjs'
import { createSheaf } from '../main/create-sheaf.ts'
import { BODY, FACTS } from '../shared/document/document-shape.ts'
import { assert } from '../shared/errors.ts'

const WINDOW = 1

function element(name: string, attributes: Record<string, unknown>, ...children: (Y.XmlElement | Y.XmlText)[]) {
  const made = new Y.XmlElement<{ [name: string]: string }>(name)
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value as string)
  made.insert(0, children)
  return made as Y.XmlElement
}

function text(...runs: { insert: string; attributes?: Record<string, object> }[]): Y.XmlText {
  const made = new Y.XmlText()
  made.applyDelta(runs)
  return made
}

const target = process.argv[2]
assert(target !== undefined, 'the fixture is written to the file named on the command line')
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'sheaf-fixture-'))
const sheaf = await createSheaf({
  clock: { now: () => 1_800_000_000_000 },
  vault: { protection: 'file-rights', wrap: (secret) => secret, unwrap: (wrapped) => wrapped },
  systemTrash: { discard: async () => {} },
  folders: { data: path.join(folder, 'data'), defaultLibrary: path.join(folder, 'library') },
  logger: { info: () => {}, error: (event, cause) => console.error(event, cause) },
  accountName: 'Bob',
  appVersion: '9.0.0',
})
const { documentId, entryId } = await sheaf.library.create()
const opened = await sheaf.documents.open(documentId, WINDOW)
const doc = new Y.Doc()
doc.clientID = opened.clientId
Y.applyUpdate(doc, opened.state, 'opened')
const updates: Uint8Array[] = []
doc.on('update', (update: Uint8Array, origin: unknown) => {
  if (origin !== 'opened') updates.push(update)
})
doc.transact(() => {
  doc.getMap(FACTS).set('title', 'From a newer Sheaf')
  doc
    .getXmlFragment(BODY)
    .push([
      element('block', { kind: 'h1', anchor: 'chapter-1' }, text({ insert: 'Chapter one' })),
      element('callout', { tone: 'warning' }, element('block', {}, text({ insert: 'Mind the ice' }))),
      element(
        'block',
        { revised: true },
        text({ insert: 'Ask ' }),
        element('mention', { person: 'carol' }),
        text(
          { insert: ' about the ' },
          { insert: 'frozen', attributes: { highlight: { colour: 'blue' } } },
          { insert: ' books.' },
        ),
      ),
    ])
})
for (const update of updates) await sheaf.documents.append(documentId, WINDOW, 0, update)
await sheaf.documents.release(documentId, WINDOW)
await sheaf.close()
fs.copyFileSync(sheaf.library.pathOf(entryId), target)
fs.rmSync(folder, { recursive: true })
