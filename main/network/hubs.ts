/** The ways out of this computer. Each way's hub is one per app, and carries all documents. */
import type { CryptoSuite, KeyPair } from '../../shared/crypto/crypto-suite.ts'
import { SheafError } from '../../shared/errors.ts'
import type { OpenDocument } from '../documents/open-document.ts'
import type { Clock, Logger } from '../ports.ts'
import type { DocumentAccess } from '../replication/document-access.ts'
import type { ServedDesk } from '../replication/lan/desk-counter.ts'
import type { WatchedTransport } from '../replication/transport.ts'
import type { WhyNot } from '../../shared/sharing/why-not.ts'
import type { Vault } from '../replication/relay/relay-client.ts'
import type { InviteDesk, JoinRequest } from '../sharing/invite-desk.ts'

/** Where a document's transports come from. */
export interface Hub {
  transport(document: OpenDocument, access: DocumentAccess): WatchedTransport
}

export interface LanWay extends Hub {
  /** Looks for a replica at an address somebody typed, or at a pairing code. Throws `SheafError` for neither. */
  dial(address: string): void
  /** Looks at an address where a replica was, as often as it may be there again. */
  remember(address: string): void
  /** Where this computer can be reached, as soon as it listens; empty when it does not. */
  addresses(): Promise<readonly string[]>
  /** A code that another computer can read, once; null while nothing is open here. */
  pairingCode(): Promise<string | null>
  /** The desk of whoever made an invite. */
  desk(addresses: readonly string[], seed: Uint8Array): InviteDesk
  /** Lets those who hold an invite knock here. */
  serve(desk: ServedDesk): void
}

export interface RelayWay extends Hub {
  desk(invite: KeyPair): InviteDesk
  /** Leaves an invite's box for whoever takes it, while the document is open on the relay. */
  putInvite(
    access: DocumentAccess,
    invite: { readonly invite: Uint8Array; readonly box: Uint8Array; readonly approval: boolean },
  ): Promise<void>
  dropInvite(access: DocumentAccess, invite: Uint8Array): Promise<void>
  /** Who asked to be let in and has no answer yet. */
  requests(access: DocumentAccess): Promise<readonly (JoinRequest & { readonly invite: Uint8Array })[]>
  dropRequest(access: DocumentAccess, root: Uint8Array): Promise<void>
  /** 'stale' when another version is there. */
  putVault(id: Uint8Array, version: number, bytes: Uint8Array, sig: Uint8Array): Promise<'kept' | 'stale' | WhyNot>
  /** Null when there is none. */
  getVault(id: Uint8Array): Promise<Vault | null | WhyNot>
}

export interface HubsParts {
  readonly suite: CryptoSuite
  readonly clock: Clock
  readonly logger: Logger
  /** This installation's, told to nobody. */
  readonly secret: Uint8Array
}

export interface Hubs {
  /** Null where there is no local network to look in. */
  readonly lan: LanWay | null
  /** One of an address; the same one each time. */
  relay(url: string): RelayWay
  /** Closes all of it; resolves when others have been told. */
  stop(): Promise<void>
}

/** No way out: documents stay on this computer. */
export const NO_HUBS: Hubs = {
  lan: null,
  relay() {
    throw new SheafError('unreachable', 'This computer has no way to a relay.')
  },
  stop: async () => undefined,
}
