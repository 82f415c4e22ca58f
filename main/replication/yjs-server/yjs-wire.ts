/** How one kind of plain Yjs server says things: what a message of it means, and which bytes mean what we have to say. */
export interface YjsWire {
  /** Where a room is. */
  address(url: URL, room: string, token: string | null): URL
  /** What is said first on an open socket. */
  readonly opening: readonly Uint8Array[]
  /** Whether one is let in before anything may be asked. */
  readonly asksForToken: boolean
  /** Throws `RangeError` for what is no message of this kind. */
  read(message: Uint8Array): Heard
  /** Asks for what is not held here. */
  ask(vector: Uint8Array): Uint8Array
  /** Answers such a question. */
  answer(update: Uint8Array): Uint8Array
  tell(update: Uint8Array): Uint8Array
  showPeople(awareness: Uint8Array): Uint8Array
}

export type Heard =
  | { readonly kind: 'asked'; readonly vector: Uint8Array }
  | { readonly kind: 'answered'; readonly update: Uint8Array }
  | { readonly kind: 'told'; readonly update: Uint8Array }
  | { readonly kind: 'people'; readonly awareness: Uint8Array }
  | { readonly kind: 'asked-for-people' }
  | { readonly kind: 'let-in'; readonly mayWrite: boolean }
  | { readonly kind: 'denied' }
  /** The server could not take what it was told. */
  | { readonly kind: 'not-taken' }
  | { readonly kind: 'left' }
  /** Nothing that concerns us. */
  | { readonly kind: 'nothing' }

export type YjsServerKind = 'y-websocket' | 'hocuspocus'
