/**
 * What windows may ask of writing together, and what they are told of it: people, invites, ways to others, who has what,
 * and who is where. Part of the contract in `contract.ts`.
 */
import type { DocumentId } from '../ids.ts'
import type { Role } from '../membership/role.ts'
import type { WhyNot } from '../sharing/why-not.ts'

/** One of a person's devices. */
export interface DeviceView {
  /** Its member key in this document, hexadecimal. */
  readonly id: string
  /** The name of who wrote there last; empty while nobody did. */
  readonly name: string
  /** Whether it is this very computer. */
  readonly here: boolean
  readonly online: boolean
}

export interface PersonView {
  /** The person's root key in this document, hexadecimal. */
  readonly id: string
  readonly name: string
  readonly role: Role
  readonly you: boolean
  readonly devices: readonly DeviceView[]
  readonly online: boolean
  readonly verified: boolean
  /** 0 to 7. */
  readonly color: number
  /** Twelve groups of five digits. */
  readonly fingerprint: string
}

export interface InviteView {
  readonly id: string
  readonly role: Role
  readonly uses: number
  readonly left: number
  readonly expires: number
  readonly approval: boolean
}

/** Somebody who asks to be let in. */
export interface RequestView {
  readonly id: string
  readonly name: string
  readonly role: Role
  readonly fingerprint: string
}

/** Words that are kept and do not count until an editor admits them. */
export interface WaitingView {
  readonly id: string
  readonly author: string
  readonly words: string
  readonly reason: 'stranger' | 'not-allowed' | 'too-late'
}

export interface SharingView {
  readonly documentId: DocumentId
  readonly shared: boolean
  /** This person's. */
  readonly role: Role
  readonly people: readonly PersonView[]
  readonly invites: readonly InviteView[]
  readonly requests: readonly RequestView[]
  readonly waiting: readonly WaitingView[]
  /** Address of the relay the document is on. */
  readonly relay: string | null
  /** Whether it is looked for on the local network. */
  readonly lan: boolean
}

/** What an invite is to allow. */
export interface InviteWish {
  readonly role: Role
  readonly uses: number
  readonly hours: number
  readonly approval: boolean
}

/** The ways a document goes to others. */
export interface Ways {
  readonly relay: string | null
  readonly lan: boolean
}

export interface WayView {
  readonly way: 'lan' | 'relay' | 'yjs'
  readonly state: 'off' | 'looking' | 'connected' | 'problem'
  readonly problem: WhyNot | null
  readonly peers: number
}

export interface SyncView {
  readonly documentId: DocumentId
  readonly ways: readonly WayView[]
  /** Whether the relay keeps everything written here. */
  readonly sent: boolean
  /** Other devices that hold everything written here. */
  readonly received: number
  /** Other devices there are. */
  readonly devices: number
  /** When one of them was heard last since the document is held open here. */
  readonly heardAt: number | null
}

/** Where this window's person is in the text: encoded Yjs relative positions. */
export interface LiveWords {
  readonly anchor: Uint8Array | null
  readonly head: Uint8Array | null
  readonly typing: boolean
  /** Neither key nor pointer for two minutes, or out of sight. */
  readonly idle?: boolean
}

export interface PeerPresence extends LiveWords {
  /** A run of a window somewhere. */
  readonly session: string
  /** The person's id; null for somebody no chain names (a Yjs server's peer). */
  readonly person: string | null
  readonly name: string
  readonly color: number
  readonly idle: boolean
}

export type JoinView =
  | { readonly kind: 'joined'; readonly documentId: DocumentId }
  /** Asked; an owner has yet to answer. */
  | { readonly kind: 'waiting' }
  | { readonly kind: 'failed'; readonly why: WhyNot }

/** How many documents recovery words brought back; whoever is told of it goes on as the person of these words. */
export interface RestoredView {
  /** On their way. */
  readonly coming: number
  /** On this computer before. */
  readonly known: number
  /** Of a newer Sheaf. */
  readonly newer: number
  /** With a list of members that can't be trusted. */
  readonly refused: number
}

/** A room on a server that speaks plain Yjs. */
export interface YjsRoom {
  readonly url: string
  readonly room: string
  /** What the server speaks; y-websocket unless said. */
  readonly kind?: 'y-websocket' | 'hocuspocus'
  /** A password of the server's. */
  readonly token?: string
}

export interface TogetherCalls {
  'sharing.get': (documentId: DocumentId) => SharingView
  /** Shares the document when it is not shared yet. */
  'sharing.invite': (documentId: DocumentId, wish: InviteWish) => { link: string; view: SharingView }
  'sharing.dropInvite': (documentId: DocumentId, invite: string) => SharingView
  'sharing.answer': (documentId: DocumentId, request: string, admit: boolean) => SharingView
  'sharing.setRole': (documentId: DocumentId, person: string, role: Role) => SharingView
  'sharing.remove': (documentId: DocumentId, person: string) => SharingView
  'sharing.removeDevice': (documentId: DocumentId, device: string) => SharingView
  'sharing.verify': (documentId: DocumentId, person: string, verified: boolean) => SharingView
  'sharing.setWays': (documentId: DocumentId, ways: Ways) => SharingView
  /** Looks at an address somebody typed. */
  'sharing.connect': (documentId: DocumentId, address: string) => SharingView
  /** Where on its networks this computer is, for somebody to type elsewhere; none while nothing is shared there. */
  'sharing.addresses': () => readonly string[]
  /** A code that another of the document's computers finds this one by: good once, for ten minutes. */
  'sharing.pairingCode': () => string
  /** Lets words count that wait. */
  'sharing.admit': (documentId: DocumentId, waiting: string) => SharingView
  'sharing.join': (link: string) => JoinView
  'sync.get': (documentId: DocumentId) => SyncView
  'presence.say': (documentId: DocumentId, words: LiveWords) => void
  'recovery.words': () => string
  'recovery.restore': (words: string, relay: string) => RestoredView
  'yjs.connect': (documentId: DocumentId, room: YjsRoom | null) => SyncView
}

export interface TogetherEvents {
  'sharing.changed': SharingView
  'sync.changed': SyncView
  'presence.changed': { documentId: DocumentId; peers: readonly PeerPresence[] }
}
