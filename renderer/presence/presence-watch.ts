/**
 * Who else is in the document and where: says where this window's person is, draws the others above the page, and knows the
 * people for the window around it.
 *
 * It never changes the document, the selection or the page's own elements. What there is to draw is drawn once a frame,
 * and alone it costs nothing.
 */
import { type EditorState, Plugin, PluginKey } from 'prosemirror-state'
import type { EditorView } from 'prosemirror-view'
import { ySyncPluginKey } from 'y-prosemirror'
import type { DocumentId } from '../../shared/ids.ts'
import type { PeerPresence } from '../../shared/ipc/together.ts'
import { nextFrame } from '../documents/remote-inbox.ts'
import { bindingOf } from '../editor/binding/caret.ts'
import { isOwnStep } from '../editor/binding/own-step.ts'
import { sharedSelection } from '../editor/binding/shared-place.ts'
import type { SheafApi } from '../sheaf-api.ts'
import { blocksInSight } from '../spelling/blocks-in-sight.ts'
import { Observable } from '../window/observable.ts'
import { Comings } from './comings.ts'
import { personName } from './person-name.ts'
import { OwnPlace } from './own-place.ts'
import { PeerLayer } from './peer-layer.ts'
import { peerMarks, sightedPage } from './peer-marks.ts'
import { PeerSelection } from './peer-selection.ts'
import { peopleHere, personColor, type PersonHere } from './people-here.ts'
import { showPlace } from './show-place.ts'

/** Milliseconds for which a name is shown after its person moved. */
const NAMED = 2000

interface Peer {
  readonly selection: PeerSelection
  facts: PeerPresence
  /** Until when their name is shown. */
  namedUntil: number
}

/** How many times this person typed: a plugin's own count, as a view can't tell who changed what. */
const typedKey = new PluginKey<number>('typed')

export class PresenceWatch {
  /** Another array only when a name, a colour or a state is another. */
  readonly people = new Observable<readonly PersonHere[]>([])
  readonly comings = new Comings()
  readonly layer = new PeerLayer()
  readonly #peers = new Map<string, Peer>()
  readonly #own: OwnPlace
  readonly #stops: readonly (() => void)[]
  #view: EditorView | null = null
  #cancel: (() => void) | null = null
  #named: ReturnType<typeof setTimeout> | null = null

  constructor(api: SheafApi, documentId: DocumentId) {
    this.#own = new OwnPlace({
      place: () => (this.#view === null ? null : sharedSelection(this.#view.state)),
      // What could not be said is lost on nobody: nothing of it is kept, and the next move says where they are.
      say: (words) => void api.call('presence.say', documentId, words).catch(() => {}),
    })
    this.#stops = [
      api.on('presence.changed', ({ documentId: changed, peers }) => {
        if (changed === documentId) this.#hear(peers)
      }),
      // Before it was shared nobody listened.
      api.on('sharing.changed', ({ documentId: changed }) => {
        if (changed === documentId) this.#own.again()
      }),
    ]
  }

  plugin(): Plugin {
    return new Plugin<number>({
      key: typedKey,
      state: {
        init: () => 0,
        apply: (tr, typed) => {
          const byHand = tr.docChanged && tr.getMeta(ySyncPluginKey) === undefined && !isOwnStep(tr)
          return byHand ? typed + 1 : typed
        },
      },
      view: (view) => {
        this.#view = view
        const stops = [this.#followWindow(view), this.#followLayout(view)]
        this.#own.move()
        return {
          update: (_view, before) => this.#follow(view, before),
          destroy: () => {
            for (const stop of stops) stop()
          },
        }
      },
    })
  }

  /** Scrolls to where somebody is, and shows their name there. The caret of this window stays where it is. */
  goTo({ session }: PersonHere): void {
    const peer = session === null ? undefined : this.#peers.get(session)
    const view = this.#view
    const binding = view === null || view.isDestroyed ? null : bindingOf(view.state)
    if (peer === undefined || view === null || binding === null) return
    const place = peer.selection.find(binding, view.state.doc)
    if (place === null) return
    showPlace(view, place.head)
    this.#name(peer)
    this.#drawSoon()
  }

  close(): void {
    for (const stop of this.#stops) stop()
    this.#own.close()
    this.comings.close()
    this.#cancel?.()
    if (this.#named !== null) clearTimeout(this.#named)
    this.layer.clear()
    this.#view = null
  }

  #hear(peers: readonly PeerPresence[]): void {
    const sessions = new Set(peers.map(({ session }) => session))
    for (const session of this.#peers.keys()) if (!sessions.has(session)) this.#peers.delete(session)
    for (const facts of peers) {
      const peer = this.#peers.get(facts.session) ?? { facts, selection: new PeerSelection(), namedUntil: 0 }
      this.#peers.set(facts.session, peer)
      peer.facts = facts
      if (peer.selection.move(facts.anchor, facts.head)) this.#name(peer)
    }
    const people = peopleHere(peers, this.people.get())
    this.people.set(people)
    this.comings.follow(people)
    this.#drawSoon()
  }

  #name(peer: Peer): void {
    peer.namedUntil = Date.now() + NAMED
    if (this.#named === null) this.#named = setTimeout(() => this.#unname(), NAMED)
  }

  /** Takes away names whose time is over, and comes again for the others. */
  #unname(): void {
    this.#named = null
    const last = Math.max(0, ...[...this.#peers.values()].map(({ namedUntil }) => namedUntil))
    const rest = last - Date.now()
    if (rest > 0) this.#named = setTimeout(() => this.#unname(), Math.min(rest, NAMED / 4))
    this.#drawSoon()
  }

  #follow(view: EditorView, before: EditorState): void {
    const { state } = view
    if (typedKey.getState(state) !== typedKey.getState(before)) this.#own.type()
    else if (state.doc !== before.doc || !state.selection.eq(before.selection)) this.#own.move()
    else return
    this.#drawSoon()
  }

  /** Keys, the pointer and the keyboard's place, for what is said of this window. */
  #followWindow(view: EditorView): () => void {
    const stop = new AbortController()
    const { signal } = stop
    const { ownerDocument } = view.dom
    const act = () => this.#own.act()
    for (const event of ['keydown', 'pointermove', 'pointerdown', 'wheel']) {
      ownerDocument.addEventListener(event, act, { signal, passive: true, capture: true })
    }
    view.dom.addEventListener('focus', () => this.#own.focus(true), { signal })
    view.dom.addEventListener('blur', () => this.#own.focus(false), { signal })
    view.dom.addEventListener('pointermove', ({ clientX, clientY }) => this.layer.point(clientX, clientY), { signal })
    ownerDocument.addEventListener('visibilitychange', () => this.#own.hide(ownerDocument.hidden), { signal })
    this.#own.act()
    this.#own.hide(ownerDocument.hidden)
    if (view.hasFocus()) this.#own.focus(true)
    return () => stop.abort()
  }

  /** Whatever moves lines: the size of the page, scrolling in it, blocks that get their boxes. */
  #followLayout(view: EditorView): () => void {
    const draw = () => this.#drawSoon()
    const sizes = new ResizeObserver(draw)
    sizes.observe(view.dom)
    const scroller = view.dom.closest('.scroller') ?? view.dom
    scroller.addEventListener('scroll', draw, { passive: true, capture: true })
    return () => {
      sizes.disconnect()
      scroller.removeEventListener('scroll', draw, { capture: true })
    }
  }

  #drawSoon(): void {
    if (this.#peers.size === 0 && this.layer.isEmpty) return
    this.#cancel ??= nextFrame(() => {
      this.#cancel = null
      this.#draw()
    })
  }

  #draw(): void {
    const view = this.#view
    if (view === null || view.isDestroyed) return
    const binding = bindingOf(view.state)
    const { doc } = view.state
    const placed = [...this.#peers].flatMap(([session, { facts, selection, namedUntil }]) => {
      const found = binding === null ? null : selection.find(binding, doc)
      return found === null ? [] : [{ session, facts, found, moving: namedUntil > Date.now() }]
    })
    if (placed.length === 0) {
      this.layer.clear()
      return
    }
    const sight = sightedPage(doc, blocksInSight(view))
    const drawn = placed.flatMap(({ session, facts: { name, color, idle }, found, moving }) => {
      const marks = peerMarks(found, sight)
      return marks === null ? [] : [{ session, marks, name: personName(name), color: personColor(color), idle, moving }]
    })
    this.layer.draw(view, drawn)
  }
}
