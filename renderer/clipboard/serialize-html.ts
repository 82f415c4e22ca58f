/** Copied blocks as clean HTML: what the export writes, without a title. Other programs read it, and so do we, to the letter. */
import { type DOMOutputSpec, DOMSerializer, type Fragment, type Node, type Schema } from 'prosemirror-model'
import { mentionLabel } from '../../shared/document/inline-node-specs.ts'
import { mentionAddress } from '../../shared/document/mention-address.ts'
import { HTML_GENERATOR, shapesToHtmlPiece } from '../../shared/document/shape-to-html.ts'
import { type DocumentId, isDocumentId } from '../../shared/ids.ts'
import { sanitized } from './clean-html.ts'
import { shapesOf } from './page-shapes.ts'

export function clipboardSerializer(schema: Schema, documentId: DocumentId): DOMSerializer {
  return new PieceSerializer(schema, documentId)
}

/** A mention as exports write it: by the document's id, under the title it had when it was written. */
function mentionLink({ attrs }: Node): DOMOutputSpec {
  const { document } = attrs
  const label = mentionLabel(attrs['label'])
  return isDocumentId(document) ? ['a', { href: mentionAddress(document) }, label] : ['span', label]
}

class PieceSerializer extends DOMSerializer {
  readonly #documentId: DocumentId

  constructor(schema: Schema, documentId: DocumentId) {
    super({ ...DOMSerializer.nodesFromSchema(schema), mention: mentionLink }, DOMSerializer.marksFromSchema(schema))
    this.#documentId = documentId
  }

  override serializeFragment(
    fragment: Fragment,
    options: { document?: Document } = {},
    target?: HTMLElement | DocumentFragment,
  ): HTMLElement | DocumentFragment {
    if (
      fragment.content.some(
        (node) => node.isInline || node.type.name === 'table_row' || node.type.name === 'table_cell',
      )
    )
      return super.serializeFragment(fragment, options, target)
    const doc = options.document ?? document
    const out = target ?? doc.createDocumentFragment()
    const sign = doc.createElement('meta')
    sign.name = 'generator'
    sign.content = HTML_GENERATOR
    const piece = sanitized(shapesToHtmlPiece(shapesOf(fragment)))
    // The picture by its name; its bytes are asked for where it is pasted.
    for (const figure of piece.querySelectorAll<HTMLElement>('figure[data-blob]'))
      figure.dataset['document'] = this.#documentId
    out.append(sign, piece)
    return out
  }
}
