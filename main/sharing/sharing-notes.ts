/**
 * What this computer notes of a document's sharing, in its private store: the invites made here, who asks to be let in,
 * names heard, and whose fingerprint was compared. None of it decides anything: the membership chain does.
 */
import { fromHex, toHex } from '../../shared/ids.ts'
import { personOf } from '../../shared/membership/membership.ts'
import type { OpenDocument } from '../documents/open-document.ts'
import type { JoinRequest } from './invite-desk.ts'

/** Something that wraps secrets for the disk. */
export interface Wrapping {
  wrap(secret: Uint8Array): Uint8Array
  /** Null when it was wrapped elsewhere. */
  unwrap(wrapped: Uint8Array): Uint8Array | null
}

export interface InviteNote {
  /** The invite's key, hexadecimal. */
  readonly id: string
  readonly seed: Uint8Array
  readonly uses: number
}

/** Somebody who asks, and by which invite. */
export interface RequestNote extends JoinRequest {
  readonly invite: Uint8Array
}

/** Requests one document keeps: they come from outside. */
const MAX_REQUESTS = 100
const MAX_NAMES = 1000

export class SharingNotes {
  private readonly document: OpenDocument
  private readonly wrapping: Wrapping

  constructor(document: OpenDocument, wrapping: Wrapping) {
    this.document = document
    this.wrapping = wrapping
  }

  invites(): InviteNote[] {
    return this.read<{ id: string; seed: string; uses: number }>('sharing.invites').flatMap(({ id, seed, uses }) => {
      const secret = this.wrapping.unwrap(fromHex(seed))
      return secret === null ? [] : [{ id, seed: secret, uses }]
    })
  }

  keepInvite({ id, seed, uses }: InviteNote): void {
    const others = this.read<{ id: string }>('sharing.invites').filter((one) => one.id !== id)
    this.write('sharing.invites', [...others, { id, seed: toHex(this.wrapping.wrap(seed)), uses }])
  }

  /** Who asked by it is forgotten with it. */
  dropInvite(id: string): void {
    this.write(
      'sharing.requests',
      this.read<{ invite: string }>('sharing.requests').filter((one) => one.invite !== id),
    )
    this.write(
      'sharing.invites',
      this.read<{ id: string }>('sharing.invites').filter((one) => one.id !== id),
    )
  }

  requests(): RequestNote[] {
    return this.read<Record<'invite' | 'root' | 'member' | 'consent' | 'name', string>>('sharing.requests').map(
      (one) => ({
        invite: fromHex(one.invite),
        root: fromHex(one.root),
        member: fromHex(one.member),
        consent: fromHex(one.consent),
        name: fromHex(one.name),
      }),
    )
  }

  /** False when there are too many already. */
  keepRequest(request: RequestNote): boolean {
    const { invite, root, member, consent, name } = request
    const others = this.read<{ root: string }>('sharing.requests').filter((one) => one.root !== toHex(root))
    if (others.length >= MAX_REQUESTS) return false
    const [one, ...rest] = [invite, root, member, consent, name].map(toHex)
    this.write('sharing.requests', [
      ...others,
      { invite: one, root: rest[0], member: rest[1], consent: rest[2], name: rest[3] },
    ])
    return true
  }

  dropRequest(root: string): void {
    this.write(
      'sharing.requests',
      this.read<{ root: string }>('sharing.requests').filter((one) => one.root !== root),
    )
  }

  /** Root (hexadecimal) -> the name last heard. */
  names(): ReadonlyMap<string, string> {
    return new Map(this.read<[string, string]>('sharing.names'))
  }

  hearName(root: string, name: string): void {
    if (name === '' || this.names().get(root) === name) return
    const others = this.read<[string, string]>('sharing.names').filter(([other]) => other !== root)
    this.write('sharing.names', [...others, [root, name]].slice(-MAX_NAMES))
  }

  /** `names`: by device (its member key, hexadecimal). */
  hearNames(names: ReadonlyMap<string, string>): void {
    for (const [device, name] of names) {
      const person = personOf(this.document.membership(), fromHex(device))
      if (person !== null) this.hearName(person, name)
    }
  }

  /** Roots (hexadecimal) of those whose fingerprint was compared. */
  verified(): ReadonlySet<string> {
    return new Set(this.read<string>('sharing.verified'))
  }

  verify(root: string, isVerified: boolean): void {
    const others = this.read<string>('sharing.verified').filter((other) => other !== root)
    this.write('sharing.verified', isVerified ? [...others, root] : others)
  }

  private read<T>(key: string): T[] {
    const text = this.document.facts.fact(key)
    const list: unknown = text === null ? [] : parsed(text)
    return Array.isArray(list) ? (list as T[]) : []
  }

  private write(key: string, list: readonly unknown[]): void {
    this.document.facts.setFact(key, list.length === 0 ? null : JSON.stringify(list))
  }
}

/** Null for what is garbled: notes decide nothing, and none is better than no document. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
