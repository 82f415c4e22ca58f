/**
 * Opening a document that nothing holds yet, up to the ProseMirror document: beside applying the same snapshot to an empty
 * Yjs document. Also from a published file that this installation has never seen, where every record is verified.
 */
import path from 'node:path'
import { initProseMirrorDoc } from 'y-prosemirror'
import * as Y from 'yjs'
import { DetachedDocument } from '../main/documents/detached-document.ts'
import { Desk } from '../main/documents/open-document.fixture.ts'
import { sodiumSuite } from '../main/identity/sodium-suite.ts'
import { publishSheafFile } from '../main/storage/publish-sheaf-file.ts'
import { readSheafFile } from '../main/storage/read-sheaf-file.ts'
import { BODY } from '../shared/document/document-shape.ts'
import { schemaFor } from '../shared/document/extend-schema.ts'
import type { Bench } from './bench.ts'
import { type Line, ratioLine } from './line.ts'
import { placeDocument } from './place-document.ts'
import { rounds, time } from './rounds.ts'
import { typedDocument } from './typed-document.ts'

const BESIDE = 'Y.applyUpdate'

export const coldOpen: Bench = {
  name: 'cold-open',
  async run() {
    return [...(await openPaper(1, 1.3)), ...(await openPaper(0.1, null))]
  },
}

/** Opens the given share of the paper. */
async function openPaper(share: number, target: number | null): Promise<Line[]> {
  const desk = new Desk()
  try {
    const { content } = typedDocument('automerge-paper', { share })
    placeDocument(desk, content)
    const file = path.join(desk.folder, 'paper.sheaf')
    await publishSheafFile(file, content)
    const state = content.state[0]?.body ?? new Uint8Array(0)
    const apply = (): Promise<number> => time(() => Y.applyUpdate(new Y.Doc(), state))
    const opened = await rounds(async () => openStored(desk, content.documentId), apply)
    const taken = await rounds(() => time(() => openPublished(file)), apply)
    const name = share === 1 ? '' : `-${share * 100}%`
    const what = share === 1 ? 'the paper' : `its first ${share * 100} %`
    const facts = { unit: 'ms', against: BESIDE } as const
    return [
      ratioLine(
        {
          ...facts,
          name: `cold-open${name}`,
          what: `cold open of ${what} to a ProseMirror document`,
          ...(target === null ? {} : { target }),
        },
        opened.map(({ ours, theirs }) => ({ ours: ours.page, theirs })),
      ),
      ratioLine(
        { ...facts, name: `cold-open-main${name}`, what: `  of it: the main process, up to the state`, tolerance: 2.5 },
        opened.map(({ ours, theirs }) => ({ ours: ours.main, theirs })),
      ),
      ratioLine({ ...facts, name: `open-file${name}`, what: `${what} from a file: verify, expand, fold` }, taken),
    ]
  } finally {
    desk.clear()
  }
}

/** Milliseconds until the main process has the state, and until the window has the page. */
async function openStored(desk: Desk, documentId: string): Promise<{ main: number; page: number }> {
  const start = performance.now()
  const document = desk.open(documentId)
  const { clientId } = document.openInstance()
  const state = document.state()
  const main = performance.now() - start
  const doc = new Y.Doc()
  doc.clientID = clientId
  Y.applyUpdate(doc, state)
  const body = doc.getXmlFragment(BODY)
  const schema = schemaFor(body, '')
  if (schema === null) throw new Error('Broken invariant: the schema holds what was typed')
  const page = initProseMirrorDoc(body, schema).doc
  const all = performance.now() - start
  if (page.childCount !== body.length) throw new Error('The page does not show every block.')
  document.finish()
  document.close()
  return { main, page: all }
}

async function openPublished(file: string): Promise<void> {
  const ports = { suite: sodiumSuite, clock: Date, appVersion: '0.0.0' }
  DetachedDocument.from(ports, await readSheafFile(file)).isIncomplete()
}
