/**
 * A folder as a disk holds it: what is certain to outlive a power cut, and what was changed since and may or may not.
 *
 * Certain is what was synced: a file's bytes by syncing the file, its name by syncing the folder. Anything else is lost
 * or kept independently of each other, a write sector by sector: so unkind no file system is, but none promises more.
 */
import fs from 'node:fs'
import path from 'node:path'
import type { Random } from '../seeded-random.ts'
import type { DiskEntry } from './disk-journal.ts'

type Change =
  | { readonly kind: 'write'; readonly offset: number; readonly data: Uint8Array }
  | { readonly kind: 'truncate'; readonly size: number }

interface DiskFile {
  content: Buffer
  size: number
  pending: Change[]
}

type NameChange =
  | { readonly kind: 'create'; readonly name: string; readonly file: DiskFile }
  | { readonly kind: 'rename'; readonly from: string; readonly to: string; readonly file: DiskFile }
  | { readonly kind: 'unlink'; readonly name: string }

/** What becomes of everything that was not synced. */
export type Fate = 'lost' | 'kept' | 'some'

export const FATES: readonly Fate[] = ['lost', 'kept', 'some']

export class DiskImage {
  private readonly files = new Map<bigint, DiskFile>()
  /** Names as they are now, and as they are certain to be. */
  private readonly names = new Map<string, DiskFile>()
  private certain = new Map<string, DiskFile>()
  private readonly folders = new Set<string>()
  private pendingNames: NameChange[] = []

  /** Takes one more entry in; notes change nothing. */
  apply(entry: DiskEntry): void {
    switch (entry.kind) {
      case 'create': {
        const file: DiskFile = { content: Buffer.alloc(0), size: 0, pending: [] }
        this.files.set(entry.inode, file)
        this.changeName({ kind: 'create', name: entry.name, file })
        return
      }
      case 'write':
        this.file(entry.inode).pending.push({ kind: 'write', offset: entry.offset, data: entry.data })
        return
      case 'truncate':
        this.file(entry.inode).pending.push({ kind: 'truncate', size: entry.size })
        return
      case 'sync': {
        const file = this.file(entry.inode)
        for (const change of file.pending) applyChange(file, change)
        file.pending = []
        return
      }
      case 'sync-folder': {
        const here = (change: NameChange): boolean =>
          folderOf(change.kind === 'rename' ? change.to : change.name) === entry.name
        for (const change of this.pendingNames.filter(here)) applyName(this.certain, change)
        this.pendingNames = this.pendingNames.filter((change) => !here(change))
        return
      }
      case 'rename': {
        const file = this.names.get(entry.from)
        if (file === undefined) throw new RangeError(`${entry.from} was renamed but never made.`)
        this.changeName({ kind: 'rename', from: entry.from, to: entry.to, file })
        return
      }
      case 'unlink':
        if (!this.folders.delete(entry.name)) this.changeName({ kind: 'unlink', name: entry.name })
        return
      case 'make-folder':
        this.folders.add(entry.name)
        return
      case 'note':
        return
      case 'unknown':
        throw new RangeError(`The recorded process changed a file by ${entry.call}, which is not written down.`)
    }
  }

  /** Whether a power cut now could lose anything. */
  hasPending(): boolean {
    return this.pendingNames.length > 0 || [...this.names.values()].some((file) => file.pending.length > 0)
  }

  /** Writes the folder as it may be found after a power cut at this moment. */
  writeTo(folder: string, fate: Fate, random: Random): void {
    const names = new Map(this.certain)
    // A journaling file system keeps the order of names' changes; others keep whichever they like.
    const prefix = random.below(2) === 0 ? random.below(this.pendingNames.length + 1) : null
    for (const [index, change] of this.pendingNames.entries()) {
      const survives = fate === 'some' && (prefix === null ? random.below(2) === 0 : index < prefix)
      if (fate === 'kept' || survives) applyName(names, change)
    }
    for (const name of this.folders) fs.mkdirSync(path.join(folder, name), { recursive: true })
    const lossy = random.pick([8, 2, 1.2])
    const sector = random.pick([512, 4096])
    for (const [name, file] of names) {
      const copy: DiskFile = { content: Buffer.from(file.content.subarray(0, file.size)), size: file.size, pending: [] }
      for (const change of file.pending) {
        if (fate === 'kept') applyChange(copy, change)
        else if (fate === 'some') for (const piece of survivors(change, sector, lossy, random)) applyChange(copy, piece)
      }
      fs.writeFileSync(path.join(folder, name), copy.content.subarray(0, copy.size))
    }
  }

  private file(inode: bigint): DiskFile {
    const file = this.files.get(inode)
    if (file === undefined) throw new RangeError('A file was written to that was never made.')
    return file
  }

  private changeName(change: NameChange): void {
    applyName(this.names, change)
    this.pendingNames.push(change)
  }
}

/** The parts of a change that reached the disk: each sector it touches did or did not. */
function survivors(change: Change, sector: number, lossy: number, random: Random): Change[] {
  if (change.kind === 'truncate') return random.below(2) === 0 ? [change] : []
  const pieces: Change[] = []
  const end = change.offset + change.data.length
  for (let from = change.offset; from < end; ) {
    const to = Math.min((Math.floor(from / sector) + 1) * sector, end)
    if (random.below(1000) * lossy < 1000) {
      pieces.push({ kind: 'write', offset: from, data: change.data.subarray(from - change.offset, to - change.offset) })
    }
    from = to
  }
  return pieces
}

function applyChange(file: DiskFile, change: Change): void {
  const size = change.kind === 'truncate' ? change.size : change.offset + change.data.length
  if (size > file.content.length) {
    const grown = Buffer.alloc(Math.max(size, file.content.length * 2))
    file.content.copy(grown, 0, 0, file.size)
    file.content = grown
  }
  if (change.kind === 'truncate') {
    file.content.fill(0, Math.min(size, file.size))
    file.size = size
  } else {
    file.content.set(change.data, change.offset)
    file.size = Math.max(file.size, size)
  }
}

function applyName(names: Map<string, DiskFile>, change: NameChange): void {
  switch (change.kind) {
    case 'create':
      names.set(change.name, change.file)
      return
    case 'rename':
      names.delete(change.from)
      names.set(change.to, change.file)
      return
    case 'unlink':
      names.delete(change.name)
  }
}

/** The folder a name stands in; '' for the outermost. */
function folderOf(name: string): string {
  const folder = path.posix.dirname(name)
  return folder === '.' ? '' : folder
}
