/** One other person as drawn above the page: caret, frames and name. Their looks stand in presence.css. */
import type { Box, PeerShape } from './peer-shape.ts'

export interface PeerLook {
  readonly name: string
  /** From 0 on. */
  readonly color: number
  readonly idle: boolean
  /** Whether they moved lately, so that their name is shown. */
  readonly moving: boolean
}

/** CSS pixels a name takes above its caret, and one letter of it at most. */
const NAME_HEIGHT = 20
const LETTER = 8
/** CSS pixels to the right of a place that a caret leaves free for the browser's own, at a place where both stand. */
const ASIDE = 1
/** CSS pixels by which carets at one place stand beside each other, and how many do. */
const BESIDE = 2
const ABREAST = 4

export class PeerFigure {
  readonly #root = document.createElement('div')
  readonly #caret = document.createElement('div')
  readonly #name = document.createElement('span')
  #frames: HTMLElement[] = []

  constructor(layer: HTMLElement) {
    this.#root.className = 'presence__peer'
    this.#caret.className = 'presence__caret'
    this.#name.className = 'presence__name'
    this.#name.dir = 'auto'
    this.#root.append(this.#caret, this.#name)
    layer.append(this.#root)
  }

  /** `before` others stand at the very same place and have their names below this one's. */
  draw(look: PeerLook, { caret, frames, name }: PeerShape, before: number): void {
    const { dataset } = this.#root
    dataset['person'] = String(look.color + 1)
    mark(this.#root, 'data-idle', look.idle)
    mark(this.#root, 'data-moving', look.moving)
    this.#root.hidden = name === null
    this.#caret.hidden = caret === null
    if (caret !== null) {
      // It stands before its place: the browser draws its own caret behind it.
      const aside = caret.aside ? ASIDE : 0
      place(this.#caret, { ...caret, x: caret.x - aside - (before % ABREAST) * BESIDE })
      this.#caret.style.blockSize = `${caret.height}px`
    }
    this.#drawFrames(frames)
    if (name !== null) this.#drawName(look.name, name, before)
  }

  hover(hovered: boolean): void {
    mark(this.#root, 'data-hovered', hovered)
  }

  remove(): void {
    this.#root.remove()
  }

  #drawName(words: string, name: NonNullable<PeerShape['name']>, before: number): void {
    if (this.#name.textContent !== words) this.#name.textContent = words
    const width = Math.min(words.length, 24) * LETTER
    const right = name.toRight ? name.roomRight > width || name.roomLeft < width : name.roomLeft < width
    mark(this.#name, 'data-leftward', !right)
    place(this.#name, { x: name.x, y: nameTop(name, before) })
  }

  #drawFrames(frames: readonly Box[]): void {
    for (const extra of this.#frames.splice(frames.length)) extra.remove()
    frames.forEach((box, index) => {
      const element = this.#frames[index] ?? document.createElement('div')
      this.#frames[index] = element
      element.className = 'presence__frame'
      if (!element.isConnected) this.#root.prepend(element)
      place(element, box)
      element.style.inlineSize = `${box.width}px`
      element.style.blockSize = `${box.height}px`
    })
  }
}

/** Above what it names; below it at the top of the window; within it where it fills the window. */
function nameTop({ y, height, roomAbove, roomBelow }: NonNullable<PeerShape['name']>, before: number): number {
  const room = NAME_HEIGHT * (before + 1)
  if (roomAbove >= room) return y - room
  return (roomBelow >= room ? y + height : y) + NAME_HEIGHT * before
}

function mark(element: HTMLElement, attribute: string, set: boolean): void {
  if (element.hasAttribute(attribute) !== set) element.toggleAttribute(attribute, set)
}

function place(element: HTMLElement, { x, y }: { readonly x: number; readonly y: number }): void {
  element.style.transform = `translate(${Math.round(x)}px, ${Math.round(y)}px)`
}
