/** A formula in a line, as it is read. Its TeX is written in a card (see `CardEditor`). */
import type { Node } from 'prosemirror-model'
import type { DecorationSource, EditorView, NodeViewConstructor } from 'prosemirror-view'
import { CardView } from '../cards/card-view.ts'
import { drawFormula } from './draw-formula.ts'
import { nameFormula } from './formula-name.ts'

export const formulaView: NodeViewConstructor = (node, view, getPos, _outer, inner) =>
  new FormulaView(node, view, getPos, inner)

class FormulaView extends CardView {
  constructor(node: Node, view: EditorView, getPos: () => number | undefined, decorations: DecorationSource) {
    super(node, view, getPos, decorations)
    this.dom.className = 'math'
    // Signs run this way in every script.
    this.dom.dir = 'ltr'
    this.show()
  }

  protected show(): void {
    const source = this.node.textContent
    drawFormula(this.dom, source, 'inline', (mistake) => nameFormula(this.dom, source, mistake))
  }
}
