/** What a recorded process did to the files of its folder, in order. Written by shim.c, whose entries these are. */

export type DiskEntry =
  | { readonly kind: 'create'; readonly name: string; readonly inode: bigint }
  | { readonly kind: 'write'; readonly inode: bigint; readonly offset: number; readonly data: Uint8Array }
  | { readonly kind: 'truncate'; readonly inode: bigint; readonly size: number }
  /** Everything written to the file so far is on the disk. */
  | { readonly kind: 'sync'; readonly inode: bigint }
  /** Every name in the folder ('' for the outermost) is on the disk as it is now. */
  | { readonly kind: 'sync-folder'; readonly name: string }
  | { readonly kind: 'rename'; readonly from: string; readonly to: string }
  | { readonly kind: 'unlink'; readonly name: string }
  | { readonly kind: 'make-folder'; readonly name: string }
  /** Something the process said about itself at this moment: one or more lines. */
  | { readonly kind: 'note'; readonly text: string }
  /** A change of a kind the recorder can't write down: whatever is concluded from this journal is worth nothing. */
  | { readonly kind: 'unknown'; readonly call: string }

const HEAD = 32

/** Throws `RangeError` for bytes that are no journal. */
export function readJournal(bytes: Buffer): DiskEntry[] {
  const entries: DiskEntry[] = []
  for (let at = 0; at < bytes.length; ) {
    const kind = bytes.readUInt32LE(at)
    const nameLength = bytes.readUInt32LE(at + 4)
    const inode = bytes.readBigUInt64LE(at + 8)
    const offset = Number(bytes.readBigUInt64LE(at + 16))
    const length = Number(bytes.readBigUInt64LE(at + 24))
    const name = bytes.toString('utf8', at + HEAD, at + HEAD + nameLength)
    const data = bytes.subarray(at + HEAD + nameLength, at + HEAD + nameLength + length)
    entries.push(entryOf(kind, name, inode, offset, data))
    at += HEAD + nameLength + length
  }
  return entries
}

function entryOf(kind: number, name: string, inode: bigint, offset: number, data: Buffer): DiskEntry {
  switch (kind) {
    case 1:
      return { kind: 'create', name, inode }
    case 2:
      return { kind: 'write', inode, offset, data }
    case 3:
      return { kind: 'truncate', inode, size: offset }
    case 4:
      return { kind: 'sync', inode }
    case 5:
      return { kind: 'sync-folder', name }
    case 6:
      return { kind: 'rename', from: name, to: data.toString('utf8') }
    case 7:
      return { kind: 'unlink', name }
    case 8:
      return { kind: 'note', text: data.toString('utf8') }
    case 9:
      return { kind: 'make-folder', name }
    case 10:
      return { kind: 'unknown', call: name }
    default:
      throw new RangeError(`The journal has an entry of kind ${kind}, which nobody writes.`)
  }
}
