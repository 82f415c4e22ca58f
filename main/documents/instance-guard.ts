/**
 * Checks the updates of one window's Yjs document before they are stored: well-formed, under the client id the window
 * was given, with no gap after what came before. A window that sends again what was saved already is answered "saved".
 */
import { SheafError } from '../../shared/errors.ts'
import { joinParsed } from '../../shared/log/join-updates.ts'
import {
  encodeUpdate,
  KIND,
  kindOf,
  parseUpdate,
  type UpdateStruct,
  type YjsUpdate,
} from '../../shared/log/yjs-update.ts'

export class InstanceGuard {
  readonly instance: number
  readonly clientId: number
  private next: number

  constructor(instance: number, clientId: number, next = 0) {
    this.instance = instance
    this.clientId = clientId
    this.next = next
  }

  /** Whether an update writes under this instance's client id. */
  isOf(bytes: Uint8Array): boolean {
    return parse(bytes).structs.has(this.clientId)
  }

  /** The part of an update that is new, in canonical bytes; null when all of it is known. Throws `invalid-update`. */
  check(bytes: Uint8Array): { update: Uint8Array; end: number } | null {
    const parsed = parse(bytes)
    for (const [client, list] of parsed.structs) {
      if (client !== this.clientId && list.length > 0) refuse('it writes under an id that is not this window’s')
      if (list.some((struct) => kindOf(struct) === KIND.skip)) refuse('it leaves something out')
    }
    const structs = parsed.structs.get(this.clientId) ?? []
    const first = structs[0]
    if (first !== undefined && first.clock > this.next) refuse('something before it is missing')
    const known = first === undefined || this.next === first.clock ? structs : this.beyondKnown(structs)
    if (known.length === 0 && parsed.deletes.size === 0) return null
    const last = known.at(-1)
    const end = last === undefined ? this.next : last.clock + last.length
    return { update: encodeUpdate({ structs: new Map([[this.clientId, known]]), deletes: parsed.deletes }), end }
  }

  /** The next clock expected; what stands before it is stored, or on its way to the disk. */
  get position(): number {
    return this.next
  }

  /** Moves on after a checked update, or back when its commit failed. */
  moveTo(position: number): void {
    this.next = position
  }

  private beyondKnown(structs: readonly UpdateStruct[]): readonly UpdateStruct[] {
    // Joining after a placeholder that ends where the known part ends cuts off exactly that part.
    const placeholder: YjsUpdate = {
      structs: new Map([[this.clientId, [{ ...GONE, clock: 0, length: this.next }]]]),
      deletes: new Map(),
    }
    const joined = joinParsed([placeholder, { structs: new Map([[this.clientId, structs]]), deletes: new Map() }])
    return (joined.structs.get(this.clientId) ?? []).slice(1)
  }
}

const GONE: Omit<UpdateStruct, 'clock' | 'length'> = {
  info: KIND.gc,
  origin: null,
  rightOrigin: null,
  parent: null,
  parentKey: null,
  text: null,
  content: new Uint8Array(0),
}

function parse(bytes: Uint8Array): YjsUpdate {
  try {
    return parseUpdate(bytes)
  } catch (cause) {
    if (cause instanceof RangeError) return refuse('it is not a well-formed update')
    throw cause
  }
}

function refuse(because: string): never {
  throw new SheafError(
    'invalid-update',
    `An edit was refused because ${because}; please copy your last words and reopen the document.`,
  )
}
