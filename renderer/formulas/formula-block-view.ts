/**
 * A formula of its own on the page. It is always drawn; its TeX, which is the block's text, shows in a card below it while
 * the caret is there (see `formulaBlocks`).
 */
import type { Node } from 'prosemirror-model'
import { TextSelection } from 'prosemirror-state'
import type { EditorView, NodeView } from 'prosemirror-view'
import { isBlock, kindOf } from '../editor/blocks.ts'
import { t } from '../strings/t.ts'
import { drawFormula } from './draw-formula.ts'
import { nameFormula } from './formula-name.ts'

export function isFormulaBlock(node: Node | null | undefined): boolean {
  return isBlock(node) && kindOf(node) === 'math'
}

export class FormulaBlockView implements NodeView {
  readonly dom = document.createElement('div')
  readonly contentDOM = document.createElement('pre')
  readonly #drawn = document.createElement('div')
  readonly #mistake = document.createElement('p')
  #source: string | null = null

  constructor(node: Node, view: EditorView, getPos: () => number | undefined) {
    this.dom.className = 'block'
    this.dom.dataset['kind'] = 'math'
    this.dom.dir = 'ltr'
    this.#drawn.className = 'math formula__drawn'
    this.#drawn.contentEditable = 'false'
    this.#drawn.addEventListener('mousedown', (event) => event.button === 0 && event.preventDefault())
    this.#drawn.addEventListener('click', () => {
      const position = getPos()
      const size = position === undefined ? undefined : view.state.doc.nodeAt(position)?.content.size
      if (position === undefined || size === undefined) return
      view.focus()
      view.dispatch(view.state.tr.setSelection(TextSelection.create(view.state.doc, position + 1 + size)))
    })
    const card = document.createElement('div')
    card.className = 'page-card formula__card'
    this.contentDOM.className = 'formula__source'
    this.contentDOM.spellcheck = false
    this.contentDOM.dataset['placeholder'] = t('formula.placeholder')
    this.#mistake.className = 'formula__mistake chrome'
    this.#mistake.contentEditable = 'false'
    this.#mistake.setAttribute('role', 'status')
    card.append(this.contentDOM, this.#mistake)
    this.dom.append(this.#drawn, card)
    this.#show(node)
  }

  update(node: Node): boolean {
    if (!isFormulaBlock(node)) return false
    this.#show(node)
    return true
  }

  ignoreMutation(mutation: { readonly target: globalThis.Node }): boolean {
    return !this.contentDOM.contains(mutation.target)
  }

  stopEvent(event: Event): boolean {
    const { target } = event
    return target instanceof globalThis.Node && this.#drawn.contains(target) && /^(mousedown|click)$/.test(event.type)
  }

  #show({ textContent: source, attrs }: Node): void {
    const { align } = attrs
    if (typeof align === 'string') this.dom.dataset['align'] = align
    else delete this.dom.dataset['align']
    if (source === this.#source) return
    this.#source = source
    this.contentDOM.classList.toggle('formula__source--empty', source === '')
    drawFormula(this.#drawn, source, 'block', (mistake) => {
      nameFormula(this.#drawn, source, mistake)
      this.#mistake.textContent = mistake ?? ''
    })
  }
}
