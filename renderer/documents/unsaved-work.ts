/** Every session of this window that may still hold unsaved updates, the ones being closed included. */
import type { SheafApi } from '../sheaf-api.ts'
import type { DocumentSession } from './document-session.ts'

const sessions = new Set<DocumentSession>()

/** Keeps a session in mind until its last update is saved and it is closed. */
export function holdSession(session: DocumentSession): void {
  sessions.add(session)
}

export function letGoOfSession(session: DocumentSession): void {
  sessions.delete(session)
}

/** Resolves when nothing of this window is unsaved. */
export async function allSaved(): Promise<void> {
  await Promise.all([...sessions].map((session) => session.saved()))
}

/** Answers `window.flush` with `window.flushed` as soon as nothing is unsaved. Installed once per window, at its start. */
export function answerWindowFlush(api: SheafApi, onFailure: (error: unknown) => void): () => void {
  return api.on('window.flush', () => {
    allSaved()
      .then(() => api.call('window.flushed'))
      .catch(onFailure)
  })
}
