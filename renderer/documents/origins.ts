/**
 * Where a change of a window's Yjs document can come from: the closed list that makes an echo impossible.
 *
 * What came from the main process carries REMOTE or UNSAVED and is never sent; everything else is the person's own, and
 * must happen inside `Tripwire.byUser` to be sent.
 */

/** From the main process: the opened state, another window, a merge. */
export const REMOTE = Symbol('remote')
/** This window's own updates, waiting to be saved, put back into a document that replaced the one they were typed in. */
export const UNSAVED = Symbol('unsaved')
/** The person typed in the title. Changes of the body carry the binding's key, undoing carries its undo manager. */
export const TITLE = Symbol('title')
/** The person said what language the document is written in. */
export const LANGUAGE = Symbol('language')
