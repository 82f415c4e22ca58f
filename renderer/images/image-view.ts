/** A picture on the page: the picture, its caption to write in, and, while it is selected, what can be done with it. */
import type { Node } from 'prosemirror-model'
import { NodeSelection } from 'prosemirror-state'
import type { EditorView, NodeView, NodeViewConstructor } from 'prosemirror-view'
import { blobHash, imageSide, type ImageSide, imageWidth } from '../../shared/document/flow-node-specs.ts'
import { t } from '../strings/t.ts'

/** Percent of the column by which a key changes the width. */
const STEP = 5
const NARROWEST = 10
/** A description is a sentence or two. */
const LONGEST_DESCRIPTION = 1000

/** `addressOf` gives where the bytes of a picture are, by its name. */
export function imageView(addressOf: (name: string) => string): NodeViewConstructor {
  return (node, view, getPos) => new ImageView(node, view, getPos, addressOf)
}

class ImageView implements NodeView {
  readonly dom = document.createElement('figure')
  readonly contentDOM = document.createElement('figcaption')
  readonly #frame = document.createElement('div')
  readonly #image = document.createElement('img')
  readonly #missing = document.createElement('p')
  readonly #grip = document.createElement('span')
  readonly #bar = document.createElement('div')
  readonly #description = document.createElement('input')
  readonly #sides: readonly { readonly side: ImageSide; readonly button: HTMLButtonElement }[]
  readonly #view: EditorView
  readonly #getPos: () => number | undefined
  readonly #addressOf: (name: string) => string
  #node: Node

  constructor(node: Node, view: EditorView, getPos: () => number | undefined, addressOf: (name: string) => string) {
    this.#node = node
    this.#view = view
    this.#getPos = getPos
    this.#addressOf = addressOf
    this.dom.className = 'image'
    this.#frame.className = 'image__frame'
    this.#frame.contentEditable = 'false'
    this.#image.className = 'image__picture'
    this.#image.draggable = false
    this.#image.addEventListener('error', () => this.#frame.classList.add('image__frame--missing'))
    this.#image.addEventListener('load', () => this.#frame.classList.remove('image__frame--missing'))
    this.#image.addEventListener('click', () => this.#select())
    this.#missing.className = 'image__missing'
    this.#missing.textContent = t('image.missing')
    this.#sides = (['start', 'center', 'end'] as const).map((side) => ({ side, button: this.#sideButton(side) }))
    this.#makeGrip()
    this.#makeBar()
    this.contentDOM.className = 'image__caption'
    this.contentDOM.dataset['placeholder'] = t('image.caption')
    this.#frame.append(this.#image, this.#missing, this.#grip)
    this.dom.append(this.#frame, this.#bar, this.contentDOM)
    this.#show()
  }

  update(node: Node): boolean {
    if (node.type !== this.#node.type) return false
    this.#node = node
    this.#show()
    return true
  }

  selectNode(): void {
    this.dom.classList.add('ProseMirror-selectednode')
  }

  deselectNode(): void {
    this.dom.classList.remove('ProseMirror-selectednode')
  }

  ignoreMutation(mutation: { readonly target: globalThis.Node }): boolean {
    return !this.contentDOM.contains(mutation.target)
  }

  stopEvent(event: Event): boolean {
    const { target } = event
    if (!(target instanceof globalThis.Node)) return false
    return this.#bar.contains(target) || this.#grip.contains(target)
  }

  #show(): void {
    const { attrs } = this.#node
    const name = blobHash(attrs['blob'])
    const address = name === null ? '' : this.#addressOf(name)
    if (this.#image.getAttribute('src') !== address) this.#image.setAttribute('src', address)
    this.#frame.classList.toggle('image__frame--missing', name === null)
    const words = typeof attrs['alt'] === 'string' ? attrs['alt'] : ''
    this.#image.alt = words
    if (document.activeElement !== this.#description) this.#description.value = words
    const width = imageWidth(attrs['width'])
    this.#setWidth(width)
    this.#grip.setAttribute('aria-valuenow', String(width ?? 100))
    this.#grip.setAttribute('aria-valuetext', width === null ? t('image.ownWidth') : `${width} %`)
    const side = this.#side()
    this.dom.dataset['align'] = side
    for (const each of this.#sides) each.button.setAttribute('aria-pressed', String(each.side === side))
    this.contentDOM.toggleAttribute('data-empty', this.#node.content.size === 0)
  }

  #side(): ImageSide {
    return imageSide(this.#node.attrs['align'])
  }

  #setWidth(width: number | null): void {
    this.#frame.classList.toggle('image__frame--sized', width !== null)
    this.#frame.style.width = width === null ? '' : `${width}%`
  }

  #makeGrip(): void {
    const grip = this.#grip
    grip.className = 'image__grip'
    grip.tabIndex = 0
    grip.setAttribute('role', 'slider')
    grip.setAttribute('aria-label', t('image.width'))
    grip.setAttribute('aria-valuemin', String(NARROWEST))
    grip.setAttribute('aria-valuemax', '100')
    grip.addEventListener('keydown', (event) => {
      const step = { ArrowRight: STEP, ArrowUp: STEP, ArrowLeft: -STEP, ArrowDown: -STEP }[event.key]
      if (step === undefined) return
      event.preventDefault()
      this.#setAttribute('width', Math.min(100, Math.max(NARROWEST, this.#shownWidth() + step)))
      // The page takes the keyboard when it changes; the person goes on here.
      grip.focus()
    })
    grip.addEventListener('pointerdown', (event) => this.#drag(event))
  }

  #drag(event: PointerEvent): void {
    event.preventDefault()
    const grip = this.#grip
    const left = this.#frame.getBoundingClientRect().left
    const half = this.#side() === 'center'
    const middle = left + this.#frame.getBoundingClientRect().width / 2
    const column = this.dom.getBoundingClientRect().width
    let width = this.#shownWidth()
    const move = ({ clientX }: PointerEvent) => {
      const pixels = half ? 2 * (clientX - middle) : clientX - left
      width = Math.round(Math.min(100, Math.max(NARROWEST, (pixels / column) * 100)))
      this.#setWidth(width)
    }
    const end = () => {
      grip.removeEventListener('pointermove', move)
      grip.removeEventListener('pointerup', end)
      grip.removeEventListener('pointercancel', end)
      this.#setAttribute('width', width)
    }
    grip.setPointerCapture(event.pointerId)
    grip.addEventListener('pointermove', move)
    grip.addEventListener('pointerup', end)
    grip.addEventListener('pointercancel', end)
  }

  #shownWidth(): number {
    const column = this.dom.getBoundingClientRect().width
    return column === 0 ? 100 : Math.round((this.#frame.getBoundingClientRect().width / column) * 100)
  }

  #makeBar(): void {
    this.#bar.className = 'image__bar chrome'
    this.#bar.contentEditable = 'false'
    this.#bar.setAttribute('role', 'toolbar')
    this.#bar.setAttribute('aria-label', t('image.toolbar'))
    const input = this.#description
    input.className = 'image__description'
    input.maxLength = LONGEST_DESCRIPTION
    input.placeholder = t('image.description')
    input.setAttribute('aria-label', t('image.description'))
    input.addEventListener('change', () => this.#setAttribute('alt', input.value.trim() || null))
    input.addEventListener('keydown', (event) => {
      if (event.key !== 'Enter' && event.key !== 'Escape') return
      event.preventDefault()
      if (event.key === 'Escape') input.value = this.#image.alt
      this.#select()
      this.#view.focus()
    })
    this.#bar.append(...this.#sides.map(({ button }) => button), input)
  }

  #sideButton(side: ImageSide): HTMLButtonElement {
    const button = document.createElement('button')
    button.type = 'button'
    button.className = `image__side image__side--${side}`
    button.setAttribute('aria-label', t(`image.${side === 'start' ? 'left' : side === 'end' ? 'right' : 'center'}`))
    button.addEventListener('mousedown', (event) => event.preventDefault())
    button.addEventListener('click', () => this.#setAttribute('align', side === 'center' ? null : side))
    return button
  }

  #select(): void {
    const position = this.#getPos()
    if (position === undefined) return
    const { state } = this.#view
    this.#view.dispatch(state.tr.setSelection(NodeSelection.create(state.doc, position)))
  }

  #setAttribute(name: string, value: unknown): void {
    const position = this.#getPos()
    if (position === undefined || !this.#view.editable || this.#node.attrs[name] === value) return
    const tr = this.#view.state.tr.setNodeAttribute(position, name, value)
    this.#view.dispatch(tr.setSelection(NodeSelection.create(tr.doc, position)))
  }
}
