/** A window of a session: a Yjs document of its own, whose edits go to the open document as the renderer sends them. */
import * as Y from 'yjs'
import type { InstanceGuard } from '../../main/documents/instance-guard.ts'
import type { OpenDocument } from '../../main/documents/open-document.ts'
import { BODY } from '../../shared/document/document-shape.ts'
import { createSteadyDocument } from '../../shared/document/steady-document.ts'
import { findToken, token } from './tokens.ts'

const FROM_MAIN = 'main'
/** Tokens in a block before the next one begins. */
const PER_BLOCK = 50

export class SessionWindow {
  readonly guard: InstanceGuard
  private readonly doc = createSteadyDocument()
  private readonly document: OpenDocument
  private acknowledged: Promise<void> = Promise.resolve()

  constructor(document: OpenDocument) {
    this.document = document
    this.guard = document.openInstance()
    this.doc.clientID = this.guard.clientId
    Y.applyUpdate(this.doc, document.state(), FROM_MAIN)
    this.doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin !== FROM_MAIN) this.acknowledged = document.append(this.guard, 0, update)
    })
  }

  /** Puts a token at the end of a document: after the last words, now and then in a block of its own. */
  static put(doc: Y.Doc, name: string, filler: number): void {
    const body = doc.getXmlFragment(BODY)
    doc.transact(() => {
      if (body.length === 0 || Number(name) % PER_BLOCK === 0) {
        const block = new Y.XmlElement('block')
        block.insert(0, [new Y.XmlText()])
        body.push([block])
      }
      const run = textOf(body.get(body.length - 1))
      run.insert(run.length, token(name, filler))
    })
  }

  /** Resolves when the edit is acknowledged. */
  async type(name: string, filler: number): Promise<void> {
    SessionWindow.put(this.doc, name, filler)
    await this.acknowledged
  }

  async erase(name: string): Promise<void> {
    for (const block of this.doc.getXmlFragment(BODY).toArray()) {
      const run = textOf(block)
      const place = findToken(run.toString(), name)
      if (place !== null) {
        run.delete(place.index, place.length)
        await this.acknowledged
        return
      }
    }
    throw new Error(`A window does not show ${name}, which it was told is saved.`)
  }

  /** Another window's edit, or a merged one. */
  hear(update: Uint8Array): void {
    Y.applyUpdate(this.doc, update, FROM_MAIN)
  }
}

function textOf(block: unknown): Y.XmlText {
  const run = block instanceof Y.XmlElement ? block.get(0) : null
  if (!(run instanceof Y.XmlText)) throw new Error('A session met a block that no session wrote.')
  return run
}
