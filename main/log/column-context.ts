/**
 * What writer and reader of columns both know at any moment, and so need not say: where the next struct will begin, and
 * where the cursor probably is. Someone who writes deletes before the cursor, types there, and goes on there.
 */
import type { StructId } from '../../shared/log/yjs-update.ts'

export class ColumnContext {
  /** Client of the update before, for structs and for deletions. */
  writing = -1
  deleting = -1
  private readonly nextClocks = new Map<number, number>()
  private readonly originClocks = new Map<number, number>()
  private origin: StructId | null = null
  private right: StructId | null = null
  /** The range deleted last: its first clock and the one after its last. */
  private deletedFrom = 0
  private deletedTo = 0

  /** The clock after the client's last struct. */
  nextClock(client: number): number {
    return this.nextClocks.get(client) ?? 0
  }

  /** What a clock of this client's left origin is told from when it is none of `origins`. */
  originClock(client: number): number {
    return this.originClocks.get(client) ?? 0
  }

  rightClock(): number {
    return this.right?.clock ?? 0
  }

  deletedClock(): number {
    return this.deletedFrom
  }

  /** Where a struct's left origin probably is, in the order of their numbers in the column. */
  origins(client: number, clock: number): readonly (StructId | null)[] {
    const { deleting } = this
    return [
      { client, clock: clock - 1 },
      { client: deleting, clock: this.deletedFrom - 1 },
      { client: deleting, clock: this.deletedTo },
      this.origin,
      this.right,
    ]
  }

  /** Where its right origin probably is. */
  rights(origin: StructId | null): readonly (StructId | null)[] {
    return [
      origin === null ? null : { client: origin.client, clock: origin.clock + 1 },
      this.right,
      { client: this.deleting, clock: this.deletedTo },
    ]
  }

  /** Clocks that a range of the client's deletions probably ends before, or begins at; -1 for none. */
  edges(client: number): readonly number[] {
    const own = (id: StructId | null, offset: number): number => (id?.client === client ? id.clock + offset : -1)
    const again = this.deleting === client
    return [
      again ? this.deletedFrom : -1,
      this.nextClock(client),
      own(this.origin, 1),
      own(this.right, 0),
      again ? this.deletedTo : -1,
    ]
  }

  sawOrigin(origin: StructId): void {
    this.origin = origin
    this.originClocks.set(origin.client, origin.clock)
  }

  sawRight(right: StructId): void {
    this.right = right
  }

  sawStructs(client: number, nextClock: number): void {
    this.writing = client
    this.nextClocks.set(client, nextClock)
  }

  sawDeletion(client: number, from: number, to: number): void {
    this.deleting = client
    this.deletedFrom = from
    this.deletedTo = to
  }
}

/** Number of the first of the likely ids that it is, or -1. */
export function indexOfId(likely: readonly (StructId | null)[], id: StructId): number {
  return likely.findIndex((one) => one !== null && one.client === id.client && one.clock === id.clock)
}
