/**
 * The person's own language for sentences that come from Sheaf without a screen, which speaks English. What leaves for a
 * window or a dialog passes here once; a sentence nobody translated is shown as it is rather than not at all.
 */
import type { EventName, FileState, OpenedDocument, SheafEvents } from '../../shared/ipc/contract.ts'
import { lossesDe } from './losses-de.ts'
import { sentencePatternsDe, sentencesDe } from './sentences-de.ts'
import { spokenLanguage } from './strings.ts'

/** A sentence, or several in a row, in the language spoken now. */
export function worded(text: string): string {
  return spokenLanguage() === 'de' ? inGerman(text) : text
}

function inGerman(text: string): string {
  const whole = sentencesDe[text]
  if (whole !== undefined) return whole
  for (const [read, say] of sentencePatternsDe) if (read.test(text)) return text.replace(read, say)
  for (let end = text.lastIndexOf('. '); end !== -1; end = end === 0 ? -1 : text.lastIndexOf('. ', end - 1)) {
    const first = sentencesDe[text.slice(0, end + 1)]
    if (first !== undefined) return `${first} ${inGerman(text.slice(end + 2))}`
  }
  return text
}

/** One phrase of what a format can not hold, with its count behind it. */
export function wordedLoss(phrase: string): string {
  const [, what = '', count = ''] = /^(.*)( \(\d+\))$/u.exec(phrase) ?? []
  const german = spokenLanguage() === 'de' ? lossesDe[what] : undefined
  return german === undefined ? phrase : german + count
}

export function wordedOpened(opened: OpenedDocument): OpenedDocument {
  return { ...opened, readOnlyReason: worded(opened.readOnlyReason), file: wordedFile(opened.file) }
}

function wordedFile(file: FileState): FileState {
  return file.kind === 'not-written' ? { ...file, reason: worded(file.reason) } : file
}

type Wording = { readonly [N in EventName]?: (payload: SheafEvents[N]) => SheafEvents[N] }

/** The announcements that hold sentences. What the shell itself says in `window.problem` is in words already. */
const WORDING: Wording = {
  'document.reset': wordedOpened,
  'document.file': (payload) => ({ ...payload, file: wordedFile(payload.file) }),
  'document.notice': (payload) => ({ ...payload, message: worded(payload.message) }),
}

/** What a window is told, in the language spoken now. */
export function wordedEvent<N extends EventName>(name: N, payload: SheafEvents[N]): SheafEvents[N] {
  const wording: ((payload: SheafEvents[N]) => SheafEvents[N]) | undefined = WORDING[name]
  return wording === undefined ? payload : wording(payload)
}
