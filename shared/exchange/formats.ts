/** The formats that documents leave Sheaf in and come from: the one list that dialogs, drops and the command line go by. */

/** Formats that are text. */
export const TEXT_FORMATS = ['md', 'html', 'txt', 'json'] as const
export type TextFormat = (typeof TEXT_FORMATS)[number]

/** Formats that need no window to be written: those of the command line, and of imports. */
export const EXPORT_FORMATS = ['docx', ...TEXT_FORMATS] as const
export type ExportFormat = (typeof EXPORT_FORMATS)[number]

/** What the export dialog offers, in its order. JSON is for programs: the command line writes it. */
export const OFFERED_FORMATS = ['pdf', 'docx', 'md', 'html', 'txt'] as const
export type OfferedFormat = (typeof OFFERED_FORMATS)[number]

/** File name endings, in lower case and without the dot, and what they mean. */
const ENDINGS: Readonly<Record<string, ExportFormat>> = {
  docx: 'docx',
  md: 'md',
  markdown: 'md',
  html: 'html',
  htm: 'html',
  xhtml: 'html',
  txt: 'txt',
  text: 'txt',
  json: 'json',
}

/** The endings of files for people that can become documents: what the import offers and a dropped folder is searched for. */
export const IMPORT_ENDINGS: readonly string[] = Object.keys(ENDINGS).filter((ending) => ending !== 'json')

/** What stands behind the last dot of a file's name or path, in lower case; '' without one. */
export function endingOf(name: string): string {
  return /\.([^.\\/]+)$/.exec(name)?.[1]?.toLowerCase() ?? ''
}

/** The format a file's name tells, or null. */
export function formatOfName(name: string): ExportFormat | null {
  const ending = endingOf(name)
  return Object.hasOwn(ENDINGS, ending) ? (ENDINGS[ending] ?? null) : null
}

export function isTextFormat(format: ExportFormat): format is TextFormat {
  return TEXT_FORMATS.some((each) => each === format)
}
