/** The words a page marks as wrong, and dictionaries for it. */
import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { Page } from '@playwright/test'

/** In the order of the page. */
export function misspelled(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const ranges = [...(CSS.highlights.get('misspelled') ?? [])] as Range[]
    return ranges.sort((a, b) => a.compareBoundaryPoints(Range.START_TO_START, b)).map((range) => range.toString())
  })
}

/** A folder with a tiny German dictionary, in the encoding that German ones still have; answers what names it. */
export async function germanWords(folder: string): Promise<Record<string, string>> {
  const words = path.join(folder, 'words')
  await mkdir(words, { recursive: true })
  const aff = 'SET ISO8859-1\nTRY esianrtolcdugmphbyfvkwq\nCOMPOUNDFLAG z\n'
  await writeFile(path.join(words, 'de_DE.aff'), aff, 'latin1')
  await writeFile(path.join(words, 'de_DE.dic'), '4\nder/z\nFluss/z\nbr\xfccke/z\nBr\xfccke/z\n', 'latin1')
  return { DICPATH: words }
}
