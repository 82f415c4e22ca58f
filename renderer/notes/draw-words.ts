/** The words of a note as one reads them, drawn without an editor. */
import { type DOMOutputSpec, DOMSerializer, type Node } from 'prosemirror-model'
import { drawFormula } from '../formulas/draw-formula.ts'

/** `titleOf` says what a mention is called now. */
export function drawWords(node: Node, titleOf: (mention: Node) => string): DocumentFragment {
  const { schema } = node.type
  const own: Record<string, (node: Node) => DOMOutputSpec> = {
    math: drawnFormula,
    mention: (mention) => ['span', { class: 'mention' }, titleOf(mention)],
  }
  const nodes = { ...DOMSerializer.nodesFromSchema(schema), ...own }
  const fragment = document.createDocumentFragment()
  new DOMSerializer(nodes, DOMSerializer.marksFromSchema(schema)).serializeFragment(
    node.content,
    { document },
    fragment,
  )
  return fragment
}

function drawnFormula(node: Node): HTMLElement {
  const dom = document.createElement('span')
  dom.className = 'math'
  dom.dir = 'ltr'
  drawFormula(dom, node.textContent, 'inline')
  return dom
}
