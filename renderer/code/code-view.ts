/** A code block on the page: its language stands in its corner, where it can be changed, outside of what the caret reaches. */
import type { Node } from 'prosemirror-model'
import type { EditorView, NodeView } from 'prosemirror-view'
import { isBlock, kindOf } from '../editor/blocks.ts'
import { t } from '../strings/t.ts'
import { CODE_LANGUAGES, codeLanguage } from './code-languages.ts'
import { setLanguageAt } from './edit-code.ts'

export function isCodeBlock(node: Node): boolean {
  return isBlock(node) && kindOf(node) === 'code'
}

export class CodeView implements NodeView {
  readonly dom: HTMLElement
  readonly contentDOM: HTMLElement
  readonly #picker: HTMLSelectElement
  #node: Node

  constructor(node: Node, view: EditorView, getPos: () => number | undefined) {
    this.#node = node
    this.dom = document.createElement('div')
    this.dom.className = 'block'
    this.dom.dataset['kind'] = 'code'
    this.dom.dir = 'ltr'
    this.#picker = document.createElement('select')
    this.#picker.className = 'code__language'
    this.#picker.contentEditable = 'false'
    this.#picker.setAttribute('aria-label', t('code.language'))
    this.#picker.addEventListener('change', () => {
      const pos = getPos()
      if (pos !== undefined && view.editable) setLanguageAt(pos, this.#picker.value)(view.state, view.dispatch)
      view.focus()
    })
    this.#picker.addEventListener('pointerdown', () => this.#offerAll())
    this.#picker.addEventListener('focus', () => this.#offerAll())
    this.#picker.addEventListener('keydown', (event) => {
      if (event.key !== 'Escape') return
      event.preventDefault()
      view.focus()
    })
    this.contentDOM = document.createElement('pre')
    this.contentDOM.className = 'code__text'
    this.contentDOM.spellcheck = false
    this.dom.append(this.#picker, this.contentDOM)
    this.#show(node)
  }

  update(node: Node): boolean {
    if (!isCodeBlock(node)) return false
    if (node.attrs['lang'] !== this.#node.attrs['lang']) this.#show(node)
    this.#node = node
    return true
  }

  ignoreMutation(mutation: { readonly target: globalThis.Node }): boolean {
    return !this.contentDOM.contains(mutation.target)
  }

  stopEvent(event: Event): boolean {
    return event.target === this.#picker
  }

  #show(node: Node): void {
    const lang: unknown = node.attrs['lang']
    const known = codeLanguage(lang)
    const own = known === null && typeof lang === 'string' && lang.trim() !== '' ? [{ id: lang, name: lang }] : []
    this.#offer([{ id: '', name: t('code.plain') }, ...own, ...(known === null ? [] : [known])])
    this.#picker.value = known?.id ?? own[0]?.id ?? ''
    if (typeof lang === 'string') this.dom.dataset['lang'] = lang.slice(0, 40)
    else delete this.dom.dataset['lang']
  }
  /** A page may hold hundreds of blocks: all languages are put into a picker only when somebody is about to use it. */
  #offerAll(): void {
    const { value } = this.#picker
    const [plain, ...rest] = [...this.#picker.options].map((option) => ({ id: option.value, name: option.label }))
    const own = rest.filter(({ id }) => CODE_LANGUAGES.every((language) => language.id !== id))
    this.#offer([...(plain === undefined ? [] : [plain]), ...own, ...CODE_LANGUAGES])
    this.#picker.value = value
  }

  #offer(options: readonly { readonly id: string; readonly name: string }[]): void {
    const elements = options.map(({ id, name }) => {
      const option = document.createElement('option')
      option.value = id
      // Not as text: the page's text is the person's words alone.
      option.label = name.slice(0, 40)
      return option
    })
    this.#picker.replaceChildren(...elements)
  }
}
