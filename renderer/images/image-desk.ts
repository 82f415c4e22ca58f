/**
 * Brings pictures onto a page: pasted, dropped or chosen ones, and those copied from another document. Each is on disk
 * with the document before the page shows it.
 */
import type { Node, Slice } from 'prosemirror-model'
import { Plugin, Selection, type Transaction } from 'prosemirror-state'
import type { EditorView } from 'prosemirror-view'
import { blobHash } from '../../shared/document/flow-node-specs.ts'
import { SheafError } from '../../shared/errors.ts'
import type { DocumentId } from '../../shared/ids.ts'
import { isBlock } from '../editor/blocks.ts'
import { bindingOf, relativeCaret, resolveCaret } from '../editor/binding/caret.ts'
import type { SheafApi } from '../sheaf-api.ts'
import { t } from '../strings/t.ts'
import { encodeImage } from './encode-image.ts'

export interface ImageDeskPorts {
  readonly api: SheafApi
  readonly documentId: DocumentId
  /** Says one sentence to the person. */
  notify(sentence: string): void
}

export class ImageDesk {
  readonly #ports: ImageDeskPorts
  /** Pictures on their way in, one after the other, so that they arrive in their order. */
  #coming: Promise<void> = Promise.resolve()

  constructor(ports: ImageDeskPorts) {
    this.#ports = ports
  }

  /** Asks for files with the system's dialog and brings them to the caret. */
  choose(view: EditorView): void {
    const input = document.createElement('input')
    input.type = 'file'
    input.accept = 'image/png,image/jpeg,image/webp,image/gif,image/avif,image/bmp'
    input.multiple = true
    input.addEventListener('change', () => this.bring(view, Array.from(input.files ?? [])))
    input.click()
  }

  /** Brings files to where the caret is now, whatever is typed meanwhile. */
  bring(view: EditorView, files: readonly Blob[]): void {
    const caret = relativeCaret(view.state)
    let last: Node | null = null
    for (const file of files) {
      this.#inTurn(async () => {
        const blob = await this.#ports.api.call('image.add', this.#ports.documentId, await encodeImage(file))
        if (view.isDestroyed || !view.editable) return
        const { state } = view
        const binding = bindingOf(state)
        const place = caret === null || binding === null ? null : resolveCaret(caret, binding, state.doc)
        const image = state.schema.node('image', { blob })
        const after = last === null ? null : positionAfter(state.doc, last)
        view.dispatch(insertImage(state.tr, image, after ?? (place ?? state.selection).to).scrollIntoView())
        last = image
      })
    }
  }

  /** Keeps pictures that stand in `data:` addresses. Answers their names; null for one that is no picture. */
  async keep(addresses: readonly string[]): Promise<(string | null)[]> {
    const names: (string | null)[] = []
    for (const address of addresses) {
      try {
        const picture = await encodeImage(fromAddress(address))
        names.push(await this.#ports.api.call('image.add', this.#ports.documentId, picture))
      } catch (error) {
        if (!(error instanceof SheafError) || error.kind !== 'unsupported') throw error
        names.push(null)
      }
    }
    return names
  }

  plugin(): Plugin {
    return new Plugin({
      view: ({ dom }) => ({ destroy: this.#showArrivals(dom) }),
      props: {
        handlePaste: (view, event, slice) => {
          const data = event.clipboardData
          const files = imagesOf(data)
          // Programs that copy words often add a picture of them.
          if (files.length > 0 && !data?.types.includes('text/plain')) {
            this.bring(view, files)
            return true
          }
          return this.#bringAlong(view, data, slice)
        },
        handleDrop: (view, event) => {
          const files = imagesOf(event.dataTransfer)
          if (files.length === 0) return false
          const place = view.posAtCoords({ left: event.clientX, top: event.clientY })
          if (place !== null) {
            view.dispatch(view.state.tr.setSelection(Selection.near(view.state.doc.resolve(place.pos))))
          }
          this.bring(view, files)
          view.focus()
          return true
        },
      },
    })
  }

  /** Loads a picture again that was missing when it comes from somebody else. */
  #showArrivals(page: HTMLElement): () => void {
    return this.#ports.api.on('document.picture', ({ documentId, name }) => {
      if (documentId !== this.#ports.documentId) return
      for (const image of page.querySelectorAll(`img[src$="/${name}"]`)) {
        image.setAttribute('src', image.getAttribute('src') ?? '')
      }
    })
  }

  /** Keeps the pictures of words copied from another document in this one too, then pastes. Answers whether it does. */
  #bringAlong(view: EditorView, data: DataTransfer | null, slice: Slice): boolean {
    const names = slice.content.content.flatMap(({ type, attrs }) =>
      type.name === 'image' ? [blobHash(attrs['blob'])] : [],
    )
    if (names.length === 0) return false
    const from = /data-document="([0-9a-f]{64})"/.exec(data?.getData('text/html') ?? '')?.[1]
    if (from === undefined || from === this.#ports.documentId) return false
    this.#inTurn(async () => {
      for (const name of names) {
        if (name !== null) await this.#ports.api.call('image.copy', from, this.#ports.documentId, name)
      }
      if (view.isDestroyed || !view.editable) return
      view.dispatch(view.state.tr.replaceSelection(slice).scrollIntoView().setMeta('paste', true))
    })
    return true
  }

  #inTurn(work: () => Promise<void>): void {
    this.#coming = this.#coming.then(work).catch((error: unknown) => {
      this.#ports.notify(error instanceof SheafError ? error.message : t('image.notKept'))
      if (!(error instanceof SheafError)) throw error
    })
  }
}

function imagesOf(data: DataTransfer | null): File[] {
  return Array.from(data?.files ?? []).filter((file) => file.type.startsWith('image/'))
}

/** The bytes of a `data:` address. */
function fromAddress(address: string): Blob {
  const [, type = '', letters = ''] = /^data:([\w/+.-]+);base64,([^]*)$/.exec(address) ?? []
  try {
    return new Blob([Uint8Array.from(atob(letters), (letter) => letter.charCodeAt(0))], { type })
  } catch (cause) {
    throw new SheafError('unsupported', t('image.notAnImage'), {}, { cause })
  }
}

function positionAfter(page: Node, child: Node): number | null {
  let found: number | null = null
  page.forEach((node, offset) => {
    if (node.eq(child)) found = offset + node.nodeSize
  })
  return found
}

/** Puts the picture in place of an empty paragraph, or behind the block at `position`; a line to write on follows it. */
function insertImage(tr: Transaction, image: Node, position: number): Transaction {
  const $at = tr.doc.resolve(position)
  const index = $at.index(0)
  const block = tr.doc.maybeChild(index)
  const start = $at.depth > 0 ? $at.before(1) : position
  const inBlock = $at.depth > 0 && block !== null
  const replaces = inBlock && isBlock(block) && block.content.size === 0
  const end = inBlock ? start + block.nodeSize : position
  const next = tr.doc.maybeChild(inBlock ? index + 1 : index)
  const added = isBlock(next) ? [image] : [image, tr.doc.type.schema.node('block')]
  const from = replaces ? start : end
  tr.replaceWith(from, end, added)
  return tr.setSelection(Selection.near(tr.doc.resolve(from + image.nodeSize), 1))
}
