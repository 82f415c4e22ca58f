/** Where the marks of another's selection stand on the screen: only read, nothing written. */
import type { EditorView } from 'prosemirror-view'
import { isFormulaBlock } from '../formulas/formula-block-view.ts'
import type { PeerMarks, Span } from './peer-marks.ts'

/** In CSS pixels from the top left of the layer. */
export interface Box {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

export interface PeerShape {
  /** `aside` when this window's own caret stands at the same place. */
  readonly caret: (Box & { readonly aside: boolean }) | null
  readonly frames: readonly Box[]
  /** What the name stands at, as far as it is seen, and how far the window reaches from there. Null when nothing is seen. */
  readonly name: {
    readonly x: number
    readonly y: number
    readonly height: number
    readonly toRight: boolean
    readonly roomRight: number
    readonly roomLeft: number
    readonly roomAbove: number
    readonly roomBelow: number
  } | null
}

type Edges = Pick<DOMRect, 'left' | 'right' | 'top' | 'bottom'>

/** `origin` is the layer's place, `frame` what is seen of the page. */
export function measurePeer(view: EditorView, marks: PeerMarks, origin: Edges, frame: Edges): PeerShape {
  const closed = marks.caret === null ? null : closedFormula(view, marks.caret.at)
  const caret = marks.caret === null || closed !== null ? null : caretEdges(view, marks.caret)
  const frames = [...marks.frames, ...(closed === null ? [] : [closed])].flatMap((span) => frameEdges(view, span))
  const named = [...(caret === null ? [] : [caret]), ...frames].flatMap((edges) => seenOf(edges, frame))[0] ?? null
  const { selection } = view.state
  return {
    caret:
      caret === null
        ? null
        : { ...boxOf(caret, origin), aside: selection.empty && selection.head === marks.caret?.at && view.hasFocus() },
    frames: frames.map((edges) => boxOf(edges, origin)),
    name:
      named === null
        ? null
        : {
            x: named.left - origin.left,
            y: named.top - origin.top,
            height: named.bottom - named.top,
            toRight: caret === null || runsToRight(view, marks.caret?.at ?? 0),
            roomRight: frame.right - named.left,
            roomLeft: named.left - frame.left,
            roomAbove: named.top - frame.top,
            roomBelow: frame.bottom - named.bottom,
          },
  }
}

/** The formula block around a place, when this window shows it drawn: its TeX, where the caret is, has no lines then. */
function closedFormula(view: EditorView, at: number): Span | null {
  const $at = view.state.doc.resolve(at)
  if (!isFormulaBlock($at.parent)) return null
  const span = { from: $at.before(), to: $at.after() }
  const element = view.nodeDOM(span.from)
  return element instanceof Element && element.classList.contains('formula--open') ? null : span
}

/** Null where nothing is laid out, or the place is scrolled out of its table. */
function caretEdges(view: EditorView, { at, side }: NonNullable<PeerMarks['caret']>): Edges | null {
  const edges = view.coordsAtPos(at, side)
  if (edges.bottom <= edges.top) return null
  const table = elementAt(view, at)?.closest('.table')?.getBoundingClientRect()
  return table !== undefined && (edges.left < table.left || edges.left > table.right) ? null : edges
}

function frameEdges(view: EditorView, { from, to }: Span): Edges[] {
  const first = view.nodeDOM(from)
  if (!(first instanceof HTMLElement)) return []
  // A picture is narrower than its figure, and has a caption below.
  const start = (first.querySelector(':scope .image__frame') ?? first).getBoundingClientRect()
  const cell = first.tagName === 'TD'
  const last = cell ? elementAt(view, to - 1)?.closest('td') : null
  const end = last?.getBoundingClientRect() ?? start
  const edges = {
    left: Math.min(start.left, end.left),
    right: Math.max(start.right, end.right),
    top: Math.min(start.top, end.top),
    bottom: Math.max(start.bottom, end.bottom),
  }
  const table = cell ? first.closest('.table')?.getBoundingClientRect() : undefined
  const left = Math.max(edges.left, table?.left ?? edges.left)
  const right = Math.min(edges.right, table?.right ?? edges.right)
  return right > left && edges.bottom > edges.top ? [{ ...edges, left, right }] : []
}

/** The part of it that is not scrolled out above or below. */
function seenOf({ left, right, top, bottom }: Edges, frame: Edges): Edges[] {
  const seen = { left, right, top: Math.max(top, frame.top), bottom: Math.min(bottom, frame.bottom) }
  return seen.bottom > seen.top ? [seen] : []
}

function runsToRight(view: EditorView, at: number): boolean {
  const element = elementAt(view, at)
  return element === null || getComputedStyle(element).direction !== 'rtl'
}

function elementAt(view: EditorView, at: number): Element | null {
  const { node } = view.domAtPos(at)
  return node instanceof Element ? node : node.parentElement
}

function boxOf({ left, right, top, bottom }: Edges, origin: Edges): Box {
  return { x: left - origin.left, y: top - origin.top, width: right - left, height: bottom - top }
}
