/**
 * A list of canonical Yjs updates as columns: like values stand beside like, so that the deflate that follows finds
 * little left to say. Someone typing on costs almost nothing but the letters.
 *
 * Lossless: reading the columns gives back every update, and encoding it every byte. docs/FILE-FORMAT.md describes each
 * column; the context (column-context.ts) is what goes without saying.
 */
import * as encoding from 'lib0/encoding'
import {
  type DeleteRange,
  KIND,
  type StructId,
  type UpdateStruct,
  type YjsUpdate,
} from '../../shared/log/yjs-update.ts'
import { ColumnContext, indexOfId } from './column-context.ts'

/** The columns, in the order they have in the file. */
export const COLUMNS = [
  'clients',
  'groups',
  'infos',
  'origins',
  'originClocks',
  'rights',
  'rightClocks',
  'parents',
  'lengths',
  'texts',
  'contents',
  'deleteGroups',
  'deletes',
  'deleteClocks',
  'deleteLengths',
] as const
export type Column = (typeof COLUMNS)[number]
export type UpdateColumns = Readonly<Record<Column, Uint8Array>>

/** How many likely places each column numbers; higher numbers name a client, or say that the clock follows. */
export const LIKELY = { origins: 5, rights: 3, edges: 5 } as const

export function writeColumns(updates: readonly YjsUpdate[]): UpdateColumns {
  const writing = new Writing()
  for (const update of updates) writing.update(update)
  return writing.columns()
}

/** Whether structs of this kind always take one clock, so that their length is not written. */
export function isSingle(info: number): boolean {
  switch (info & 0x1f) {
    case KIND.binary:
    case KIND.embed:
    case KIND.format:
    case KIND.type:
    case KIND.doc:
      return true
    default:
      return false
  }
}

/** Garbage-collected and skipped structs have a length and nothing else. */
export function isHollow(info: number): boolean {
  const kind = info & 0x1f
  return kind === KIND.gc || kind === KIND.skip
}

class Writing {
  private readonly out = Object.fromEntries(COLUMNS.map((name) => [name, encoding.createEncoder()])) as Record<
    Column,
    encoding.Encoder
  >
  private readonly clients = new Map<number, number>()
  private readonly texts: string[] = []
  private readonly context = new ColumnContext()

  columns(): UpdateColumns {
    encoding.writeUint8Array(this.out.texts, new TextEncoder().encode(this.texts.join('')))
    return Object.fromEntries(COLUMNS.map((name) => [name, encoding.toUint8Array(this.out[name])])) as Record<
      Column,
      Uint8Array
    >
  }

  update({ structs, deletes }: YjsUpdate): void {
    this.groups(structs)
    for (const [client, list] of structs) {
      for (const struct of list) this.struct(client, struct)
      const last = list.at(-1)
      if (last !== undefined) this.context.sawStructs(client, last.clock + last.length)
    }
    this.deletions(deletes)
  }

  private groups(structs: YjsUpdate['structs']): void {
    const { groups } = this.out
    const [only] = structs
    if (only === undefined) return encoding.writeVarUint(groups, 1)
    const [client, list] = only
    const expected = structs.size === 1 && client === this.context.writing
    if (expected && list.length > 0 && list[0]?.clock === this.context.nextClock(client)) {
      return encoding.writeVarUint(groups, list.length + 1)
    }
    encoding.writeVarUint(groups, 0)
    encoding.writeVarUint(groups, structs.size)
    for (const [writer, written] of structs) {
      encoding.writeVarUint(groups, this.indexOf(writer))
      encoding.writeVarUint(groups, written.length)
      encoding.writeVarInt(groups, (written[0]?.clock ?? 0) - this.context.nextClock(writer))
    }
  }

  private struct(client: number, struct: UpdateStruct): void {
    const { out } = this
    encoding.writeUint8(out.infos, struct.info)
    if (struct.origin !== null) this.origin(client, struct.clock, struct.origin)
    if (struct.rightOrigin !== null) this.right(struct.origin, struct.rightOrigin)
    if (struct.parent !== null) {
      if ('root' in struct.parent) {
        encoding.writeVarUint(out.parents, 0)
        encoding.writeVarString(out.parents, struct.parent.root)
      } else {
        encoding.writeVarUint(out.parents, this.indexOf(struct.parent.client) + 1)
        encoding.writeVarInt(out.parents, struct.clock - struct.parent.clock)
      }
      if (struct.parentKey !== null) encoding.writeVarString(out.parents, struct.parentKey)
    }
    if (!isSingle(struct.info)) encoding.writeVarUint(out.lengths, struct.length)
    if (struct.text !== null) this.texts.push(struct.text)
    else if (!isHollow(struct.info)) encoding.writeVarUint8Array(out.contents, struct.content)
  }

  private origin(client: number, clock: number, origin: StructId): void {
    const likely = indexOfId(this.context.origins(client, clock), origin)
    if (likely >= 0) encoding.writeVarUint(this.out.origins, likely)
    else {
      encoding.writeVarUint(this.out.origins, LIKELY.origins + this.indexOf(origin.client))
      encoding.writeVarInt(this.out.originClocks, origin.clock - this.context.originClock(origin.client))
    }
    // Going on after one's own last letter says nothing of where the cursor went.
    if (likely !== 0) this.context.sawOrigin(origin)
  }

  private right(origin: StructId | null, right: StructId): void {
    const likely = indexOfId(this.context.rights(origin), right)
    if (likely >= 0) encoding.writeVarUint(this.out.rights, likely)
    else {
      encoding.writeVarUint(this.out.rights, LIKELY.rights + this.indexOf(right.client))
      encoding.writeVarInt(this.out.rightClocks, right.clock - this.context.rightClock())
    }
    this.context.sawRight(right)
  }

  private deletions(deletes: YjsUpdate['deletes']): void {
    const { deleteGroups } = this.out
    const [only] = deletes
    if (only === undefined) return encoding.writeVarUint(deleteGroups, 1)
    if (deletes.size === 1 && only[0] === this.context.deleting && only[1].length > 0) {
      encoding.writeVarUint(deleteGroups, only[1].length + 1)
    } else {
      encoding.writeVarUint(deleteGroups, 0)
      encoding.writeVarUint(deleteGroups, deletes.size)
      for (const [client, ranges] of deletes) {
        encoding.writeVarUint(deleteGroups, this.indexOf(client))
        encoding.writeVarUint(deleteGroups, ranges.length)
      }
    }
    // From the last to the first: backspacing then repeats itself.
    for (const [client, ranges] of deletes) for (const range of ranges.toReversed()) this.deletion(client, range)
  }

  private deletion(client: number, { clock, length }: DeleteRange): void {
    const edges = this.context.edges(client)
    const end = edges.indexOf(clock + length)
    const start = edges.indexOf(clock)
    if (end >= 0) encoding.writeVarUint(this.out.deletes, end)
    else if (start >= 0) encoding.writeVarUint(this.out.deletes, LIKELY.edges + start)
    else {
      encoding.writeVarUint(this.out.deletes, LIKELY.edges * 2)
      encoding.writeVarInt(this.out.deleteClocks, clock + length - this.context.deletedClock())
    }
    encoding.writeVarUint(this.out.deleteLengths, length)
    this.context.sawDeletion(client, clock, clock + length)
  }

  /** The client's number in the list of clients; the first time it is named it joins the list. */
  private indexOf(client: number): number {
    let index = this.clients.get(client)
    if (index === undefined) {
      this.clients.set(client, (index = this.clients.size))
      encoding.writeVarUint(this.out.clients, client)
    }
    return index
  }
}
