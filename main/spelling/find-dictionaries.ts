/** Looks for Hunspell dictionaries: pairs of a `.aff` and a `.dic` file that are named after their language. */
import fs from 'node:fs/promises'
import path from 'node:path'
import { languageTag } from '../../shared/document/document-shape.ts'

export interface Dictionary {
  /** The language and region, as a BCP 47 tag: `de-AT`. */
  readonly language: string
  readonly aff: string
  readonly dic: string
}

/** One dictionary for each language, sorted by its tag. Folders that are not there or can't be read hold none. */
export async function findDictionaries(folders: readonly string[]): Promise<readonly Dictionary[]> {
  const found = new Map<string, Dictionary>()
  for (const folder of await expanded(folders)) {
    const names = new Set(await namesIn(folder))
    // The plain name before `de_DE_frami`.
    for (const name of [...names].sort((a, b) => a.length - b.length)) {
      if (!name.endsWith('.dic')) continue
      const base = name.slice(0, -'.dic'.length)
      const language = dictionaryLanguage(base)
      if (language === null || found.has(language) || !names.has(`${base}.aff`)) continue
      found.set(language, { language, aff: path.join(folder, `${base}.aff`), dic: path.join(folder, name) })
    }
  }
  return [...found.values()].sort((a, b) => (a.language < b.language ? -1 : 1))
}

/** The language a dictionary's file name stands for (`de_AT`, `sr-Latn-RS`, `de_DE_frami`), or null. */
export function dictionaryLanguage(base: string): string | null {
  const parts = /^([a-z]{2,3})(?:[_-]([A-Z][a-z]{3}))?(?:[_-]([A-Z]{2}))?(?:[_-].*)?$/.exec(base)
  if (parts === null) return null
  return languageTag(parts.slice(1, 4).filter(Boolean).join('-'))
}

async function expanded(folders: readonly string[]): Promise<string[]> {
  const all: string[] = []
  for (const folder of folders) {
    if (path.basename(folder) !== '*') all.push(folder)
    else {
      const parent = path.dirname(folder)
      all.push(...(await namesIn(parent)).sort().map((name) => path.join(parent, name)))
    }
  }
  return all
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return await fs.readdir(folder)
  } catch {
    // Not there, not ours to read, or no folder: most of the places that are looked in do not exist.
    return []
  }
}
