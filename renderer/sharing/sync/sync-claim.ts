/**
 * What the foot of the window may claim about where a document's words are, as a pure function: never more than the main
 * process knows, and of words that are not on the disk yet nothing at all.
 */
import type { SyncView, WayView } from '../../../shared/ipc/together.ts'
import type { WhyNot } from '../../../shared/sharing/why-not.ts'

export type SyncClaim =
  /** The main process has not answered yet. */
  | { readonly kind: 'nothing' }
  /** It could not answer. */
  | { readonly kind: 'unknown' }
  | { readonly kind: 'here' }
  | { readonly kind: 'sending' }
  | { readonly kind: 'sent' }
  | { readonly kind: 'received'; readonly devices: number }
  /** Goes out by itself later. */
  | { readonly kind: 'offline' }
  | { readonly kind: 'looking' }
  /** Goes out only after a person did something. */
  | { readonly kind: 'blocked'; readonly way: WayView['way']; readonly why: WhyNot }
  /** A plain Yjs server has the page, and nobody says what it kept. */
  | { readonly kind: 'yjs' }

/** Reasons that pass without anybody doing anything. */
const PASSING: readonly WhyNot[] = ['offline', 'relay-unreachable', 'nobody-near', 'busy']

export function isPassing(why: WhyNot, way: WayView['way']): boolean {
  // Of a room: another computer has it, for as long as it likes.
  return PASSING.includes(why) && !(way === 'yjs' && why === 'busy')
}

/** Whether the page lies open on a plain Yjs server, whatever else can be claimed of its words. */
export function isUnencrypted(view: SyncView | null): boolean {
  return view?.ways.some(({ way, state }) => way === 'yjs' && state === 'connected') ?? false
}

/** `fresh`: every word is on the disk, and the main process was asked after that. */
export function syncClaim(sync: SyncView, fresh: boolean): SyncClaim {
  if (fresh && sync.received > 0) return { kind: 'received', devices: sync.received }
  if (fresh && sync.sent) return { kind: 'sent' }
  return whyNotYet(sync)
}

function whyNotYet({ ways, devices }: SyncView): SyncClaim {
  const way = (name: WayView['way']): WayView | undefined => ways.find((each) => each.way === name)
  const [relay, lan, yjs] = [way('relay'), way('lan'), way('yjs')]
  const near = lan?.state === 'connected' && lan.peers > 0
  if (relay?.state === 'connected' || near) return { kind: 'sending' }
  if (yjs?.state === 'connected') return { kind: 'yjs' }

  for (const { way: blocked, state, problem } of ways)
    if (state === 'problem' && problem !== null && !isPassing(problem, blocked))
      return { kind: 'blocked', way: blocked, why: problem }
  if (relay?.state === 'looking' || yjs?.state === 'looking') return { kind: 'looking' }
  if (relay?.state === 'problem' || yjs?.state === 'problem') return { kind: 'offline' }
  // Looking around at home for nobody: there is no one these words could go to.
  if (devices === 0) return { kind: 'here' }
  switch (lan?.state) {
    case 'problem':
      return { kind: 'offline' }
    case 'looking':
    case 'connected':
      return { kind: 'looking' }
    case 'off':
    case undefined:
      return { kind: 'here' }
  }
}
