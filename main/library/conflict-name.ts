/**
 * Names that sync providers give to a second version of a file. Only together with an equal document id does such a
 * name make a file a conflict copy; any other duplicate may be somebody's intention.
 */
import path from 'node:path'

interface Pattern {
  /** Its first group is the name of the original. */
  readonly name: RegExp
  /** For names that people give too: they count only below a folder of that provider. */
  readonly below?: RegExp
}

const PATTERNS: readonly Pattern[] = [
  // Dropbox, Nextcloud, ownCloud: "Hay (Alice's conflicted copy 2024-01-05).sheaf", "Hay (conflicted copy 2024-01-05 101112).sheaf"
  { name: /^(.+) \([^()]*conflicted copy[^()]*(?:\([^()]*\))?[^()]*\)(?: ?\(\d+\))?$/iu },
  { name: /^(.+) \((?:in konflikt stehende kopie|copie en conflit|copia en conflicto|copia in conflitto)[^()]*\)$/iu },
  // Dropbox: two names that differ only in case.
  { name: /^(.+) \(case conflict(?: \d+)?\)$/iu },
  // Older Nextcloud and ownCloud: "Hay_conflict-20240105-101112.sheaf"
  { name: /^(.+)_conflict-\d{8}-\d{6}$/iu },
  // Syncthing: "Hay.sync-conflict-20240105-101112-ABCDEFG.sheaf"
  { name: /^(.+)\.sync-conflict-\d{8}-\d{6}(?:-[A-Z0-9]{7})?$/u },
  // Google Drive: "Hay [Conflict].sheaf", "Hay (Conflict 1).sheaf"; "Hay (1).sheaf" below its own folder.
  { name: /^(.+) [[(]conflict(?: \d+)?[\])]$/iu },
  { name: /^(.+) \(\d{1,3}\)$/u, below: /[\\/](?:google ?drive|my drive|drivefs)[^\\/]*[\\/]/iu },
  // OneDrive: the computer's name behind a hyphen: "Hay-LAPTOP.sheaf", "Hay-DESKTOP-1A2B3C4-2.sheaf".
  { name: /^(.+?)-[A-Z0-9][A-Za-z0-9]*(?:-[A-Za-z0-9]+)*$/u, below: /[\\/]onedrive[^\\/]*[\\/]/iu },
  // iCloud Drive: "Hay 2.sheaf".
  { name: /^(.+) [2-9]$/u, below: /[\\/](?:mobile documents|iclouddrive|icloud drive)[\\/]/iu },
]

/** The paths the original of this file may have, by its name; none when no sync provider names files so. */
export function conflictOriginals(file: string): string[] {
  const { dir, name, ext } = path.parse(file)
  const originals = PATTERNS.filter(({ below }) => below === undefined || below.test(`${dir}${path.sep}`)).flatMap(
    (pattern) => pattern.name.exec(name)?.[1] ?? [],
  )
  return [...new Set(originals)].map((original) => path.join(dir, original + ext))
}

/** Whether `file` has the name of a conflict copy of `original`. */
export function isConflictNameOf(file: string, original: string): boolean {
  return conflictOriginals(file).includes(original)
}
