/**
 * Names that sync programs give to a second version of a file. Only together with an equal document id does such a
 * name make a file a conflict copy; any other duplicate may be somebody's intention.
 */
import path from 'node:path'

export interface ConflictName {
  /** The path the original of this file had. */
  readonly original: string
  /** Whether nobody but a sync program names files so; else it means something beside its original only. */
  readonly certain: boolean
}

/** "Conflict" as sync programs say it in the languages they speak; parts of words, because most of these bend. */
const CONFLICT = new RegExp(
  [
    'conflict|conflit|conflito|konflik|ristiriit|ristiriid|ütköz|çakış|xung đột|sukob|конфл[иі]кт|διένεξη|σύγκρουση',
    'התנגש|تعارض|ขัดแย้ง|競合|問題のある|衝突|冲突|충돌',
  ].join('|'),
  'iu',
)
const DATE = /\d{4}-\d{1,2}-\d{1,2}|\d{8}/u

/** What stands in the bracket at the end of a name, where the word and a date are not both in it. */
const IN_BRACKETS: readonly RegExp[] = [
  /^(?:.*[\s'’])?(?:conflicted copy|in konflikt stehende kopie)(?: .*)?$/iu,
  // Dropbox, of two names that differ in their capitals, or in how their letters are put together.
  /^(?:case|unicode encoding|selective sync|white ?space) conflict(?: \(?\d+\)?)?$/iu,
  /^conflicto de mayúsculas y minúsculas(?: \(?\d+\)?)?$/iu,
  // Google Drive.
  /^conflict(?: \d+)?$/iu,
  // Hitachi and others: "edits by alice not merged 2024-01-05".
  / not merged \d{4}-\d{2}-\d{2}/iu,
]

/** Names without such a bracket. The first group is the name of the original. */
const ENDINGS: readonly RegExp[] = [
  // Syncthing: "Hay.sync-conflict-20240105-101112-ABCDEFG", without the device in old versions.
  /^(.+)\.sync-conflict-\d{8}-\d{6}(?:-[A-Z0-9]{7})?$/iu,
  // Resilio: "Hay.Conflict", "Hay.Conflict2"; rclone: "Hay.conflict1".
  /^(.+?)(?:\.conflict\d*)+$/iu,
  // Older Nextcloud and ownCloud: "Hay_conflict-20240105-101112", "Hay_conflict_alice-20240105-101112".
  /^(.+)_conflict(?:_.+)?-\d{8}-\d{6}$/iu,
  // Synology: "Hay_NAS_Jan-05-101112-2024_Conflict".
  /^(.+?)_[^_]+_[^_]*\d{4}[^_]*_conflict$/iu,
  // Google Drive, pCloud: "Hay [Conflict]", "Hay [conflicted]".
  /^(.+) \[conflict(?:ed)?(?: \d+)?\]$/iu,
]

/** Names that people give too: they count only below a folder of that program, and beside their original. */
const BY_FOLDER: readonly { readonly name: RegExp; readonly below: RegExp }[] = [
  // Google Drive: "Hay (1)".
  { name: /^(.+) \(\d{1,3}\)$/u, below: /\/(?:google ?drive|my drive|meine ablage|drivefs)[^/]*\//iu },
  // OneDrive: the computer's name behind a hyphen, as far as it looks like one: "Hay-LAPTOP-1A2B3C4",
  // "Hay-DESKTOP-1A2B3C4-2", "Hay-ANNA-PC", "Hay-Annas-MacBook-Pro".
  {
    name: /^(.+?)-(?:(?:DESKTOP|LAPTOP|WIN|SURFACE)[A-Z0-9]*(?:-[A-Z0-9]+)*|[A-Z0-9]+-PC(?:-\d+)?)$/u,
    below: /\/onedrive[^/]*\//iu,
  },
  {
    name: /^(.+?)-(?:[\p{L}\p{N}]+-)?(?:MacBook|iMac|Mac-?mini|Mac-?Studio)(?:-?(?:Pro|Air))?(?:-\d+)?$/u,
    below: /\/onedrive[^/]*\//iu,
  },
  // iCloud Drive: "Hay 2".
  { name: /^(.+) [2-9]$/u, below: /\/(?:mobile documents|iclouddrive|icloud drive)\//iu },
]

/** Every name the original of this file may have had, the nearest first; none when no sync program names files so. */
export function conflictNames(file: string): ConflictName[] {
  const { dir, name, ext } = path.parse(file)
  const folder = `${dir.replaceAll('\\', '/')}/`
  const found = new Map<string, ConflictName>()
  const look = (stem: string, certain: boolean): void => {
    for (const shorter of certainOriginals(stem)) add(shorter, certain)
    for (const { name: pattern, below } of BY_FOLDER) {
      const shorter = below.test(folder) ? pattern.exec(stem)?.[1] : undefined
      if (shorter !== undefined) add(shorter, false)
    }
  }
  const add = (stem: string, certain: boolean): void => {
    if (found.has(stem)) return
    found.set(stem, { original: path.join(dir, stem + ext), certain })
    // A conflict copy of a conflict copy: the one between may be gone already.
    look(stem, certain)
  }
  // Some systems keep an ü as two signs; the words above are spelled with one.
  look(name.normalize('NFC'), true)
  return [...found.values()]
}

/** Two spellings of one path, as sync programs confuse them: capitals, and letters put together in two ways. */
export function pathKey(file: string): string {
  return file.normalize('NFC').toLowerCase()
}

function certainOriginals(stem: string): string[] {
  const originals = ENDINGS.flatMap((ending) => ending.exec(stem)?.[1] ?? [])
  // A number behind the bracket, where there are several on one day.
  const bracket = lastBracket(/^(.+\)) ?\(\d{1,3}\)$/u.exec(stem)?.[1] ?? stem) ?? lastBracket(stem)
  if (bracket !== null) {
    const { before, inside } = bracket
    const dated = CONFLICT.test(inside) && DATE.test(inside)
    if (dated || IN_BRACKETS.some((words) => words.test(inside))) originals.push(before)
  }
  return originals
}

/** The bracket a name ends with, brackets inside of it included, and what stands before it. */
function lastBracket(stem: string): { before: string; inside: string } | null {
  if (!stem.endsWith(')')) return null
  let depth = 0
  for (let at = stem.length - 1; at > 0; at--) {
    if (stem[at] === ')') depth += 1
    if (stem[at] === '(') depth -= 1
    if (depth > 0) continue
    const before = stem.slice(0, at).trimEnd()
    return before === '' ? null : { before, inside: stem.slice(at + 1, -1) }
  }
  return null
}
