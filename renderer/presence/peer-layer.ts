/**
 * What is drawn above the page for those who are on it: carets with names, and frames around what they selected as a whole.
 *
 * It stands beside the page and not in it: no line moves, nothing of it is copied, printed, read out or clicked on, and the
 * browser's own caret meets nothing in the text. All that is read of the layout is read before anything is written.
 */
import type { EditorView } from 'prosemirror-view'
import { PeerFigure, type PeerLook } from './peer-figure.ts'
import { measurePeer, type PeerShape } from './peer-shape.ts'
import type { PeerMarks } from './peer-marks.ts'
import { SelectionWash, type Washed } from './selection-wash.ts'

export interface DrawnPeer extends PeerLook {
  /** Names the figure as long as it is there. */
  readonly session: string
  readonly marks: PeerMarks
}

/** CSS pixels around a caret within which the pointer is at it. */
const REACH = 6

export class PeerLayer {
  readonly element: HTMLElement
  readonly #figures = new Map<string, PeerFigure>()
  readonly #wash = new SelectionWash()
  #shapes: readonly { readonly session: string; readonly shape: PeerShape }[] = []

  constructor() {
    this.element = document.createElement('div')
    this.element.className = 'presence'
    this.element.setAttribute('aria-hidden', 'true')
  }

  get isEmpty(): boolean {
    return this.#figures.size === 0
  }

  /** Draws these in place of those that were drawn. */
  draw(view: EditorView, peers: readonly DrawnPeer[]): void {
    const origin = this.element.getBoundingClientRect()
    const frame = (view.dom.closest('.scroller') ?? view.dom).getBoundingClientRect()
    const drawn = peers.map((peer) => ({ peer, shape: measurePeer(view, peer.marks, origin, frame) }))
    const washed = peers.flatMap(({ color, marks }) => washOf(view, color, marks))
    this.#keepOnly(new Set(peers.map(({ session }) => session)))
    const taken = new Map<string, number>()
    for (const { peer, shape } of drawn) {
      const place = shape.name === null ? '' : `${Math.round(shape.name.x)} ${Math.round(shape.name.y)}`
      const before = taken.get(place) ?? 0
      taken.set(place, before + 1)
      this.#figureOf(peer.session).draw(peer, shape, before)
    }
    this.#shapes = drawn.map(({ peer: { session }, shape }) => ({ session, shape }))
    this.#wash.draw(washed)
  }

  /** The pointer is at a place of the window: names of carets there are shown. */
  point(x: number, y: number): void {
    if (this.#shapes.length === 0) return
    const { left, top } = this.element.getBoundingClientRect()
    for (const { session, shape } of this.#shapes) {
      this.#figures.get(session)?.hover(isAt(shape, x - left, y - top))
    }
  }

  clear(): void {
    this.#keepOnly(new Set())
    this.#shapes = []
    this.#wash.close()
  }

  #figureOf(session: string): PeerFigure {
    const made = this.#figures.get(session) ?? new PeerFigure(this.element)
    this.#figures.set(session, made)
    return made
  }

  #keepOnly(kept: ReadonlySet<string>): void {
    for (const [session, figure] of this.#figures) {
      if (kept.has(session)) continue
      figure.remove()
      this.#figures.delete(session)
    }
  }
}

function washOf(view: EditorView, color: number, { wash }: PeerMarks): Washed[] {
  if (wash === null) return []
  const start = view.domAtPos(wash.from, 1)
  const end = view.domAtPos(wash.to, -1)
  const range = view.dom.ownerDocument.createRange()
  range.setStart(start.node, start.offset)
  range.setEnd(end.node, end.offset)
  return range.collapsed ? [] : [{ color, range }]
}

function isAt({ caret, frames }: PeerShape, x: number, y: number): boolean {
  if (caret !== null && Math.abs(x - caret.x) <= REACH && y >= caret.y && y <= caret.y + caret.height) return true
  return frames.some((box) => x >= box.x && x <= box.x + box.width && y >= box.y && y <= box.y + box.height)
}
