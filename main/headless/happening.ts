/** What a headless replica does that is worth a line: plain facts, for whoever prints them. */
import type { WhyNot } from '../../shared/sharing/why-not.ts'

export type Happening =
  /** It begins to keep the file in step. */
  | { readonly event: 'keeping'; readonly file: string; readonly document: string }
  /** A way to others was found, lost, or can't be gone. `relay`: its address; null for the local network. */
  | { readonly event: 'connected'; readonly way: 'relay' | 'lan'; readonly relay: string | null }
  | { readonly event: 'parted'; readonly way: 'relay' | 'lan'; readonly relay: string | null }
  | { readonly event: 'problem'; readonly way: 'relay' | 'lan'; readonly relay: string | null; readonly why: WhyNot }
  /** Somebody's device came, or went. */
  | { readonly event: 'here'; readonly name: string }
  | { readonly event: 'gone'; readonly name: string }
  /** Entries that came from others, and are on the disk. */
  | { readonly event: 'received'; readonly entries: number }
  /** The file was written, whole. */
  | { readonly event: 'published'; readonly file: string; readonly entries: number }
  /** The file was not written, and why. */
  | { readonly event: 'not-published'; readonly file: string; readonly reason: string }
  /** It holds all that those it is connected to hold, and so does its file. */
  | { readonly event: 'in-step' }
  | { readonly event: 'ended' }
