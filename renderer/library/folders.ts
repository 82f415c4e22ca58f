/** The folders of the library, as places to look at. */
import type { LibraryEntry } from '../../shared/ipc/contract.ts'
import { locale } from '../strings/t.ts'

export interface FolderPlace {
  /** Path inside the library, with `/`. */
  readonly folder: string
  readonly name: string
  /** 0 for folders at the top. */
  readonly depth: number
  /** Documents in it and in the folders inside it. */
  readonly count: number
}

/** Every folder that holds a document or a folder with one, parents before children, siblings by name. */
export function folderPlaces(entries: readonly LibraryEntry[]): readonly FolderPlace[] {
  const counts = new Map<string, number>()
  for (const { folder } of entries) {
    const parts = folder.split('/').filter(Boolean)
    for (let depth = 1; depth <= parts.length; depth++) {
      const path = parts.slice(0, depth).join('/')
      counts.set(path, (counts.get(path) ?? 0) + 1)
    }
  }
  const byName = new Intl.Collator(locale(), { numeric: true })
  return [...counts.entries()]
    .map(([folder, count]) => ({
      folder,
      name: folder.split('/').at(-1) ?? '',
      depth: folder.split('/').length - 1,
      count,
    }))
    .sort((a, b) => comparePaths(a.folder, b.folder, byName))
}

/** Whether a row stands in `folder` or in a folder inside it. */
export function isInFolder(entry: LibraryEntry, folder: string): boolean {
  return entry.folder === folder || entry.folder.startsWith(`${folder}/`)
}

function comparePaths(a: string, b: string, byName: Intl.Collator): number {
  const left = a.split('/')
  const right = b.split('/')
  for (let i = 0; i < Math.min(left.length, right.length); i++) {
    const order = byName.compare(left[i] ?? '', right[i] ?? '')
    if (order !== 0) return order
  }
  return left.length - right.length
}
