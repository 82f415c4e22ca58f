/** Undo and redo for the title alone: it takes back what the person typed there, in one go per pause. */
import * as Y from 'yjs'
import { FACTS } from '../../shared/document/document-shape.ts'
import { TITLE } from './origins.ts'

export interface TitleHistory {
  travel(way: 'undo' | 'redo'): void
  stop(): void
}

export function titleHistory(doc: Y.Doc): TitleHistory {
  const manager = new Y.UndoManager(doc.getMap(FACTS), { trackedOrigins: new Set([TITLE]), captureTimeout: 500 })
  return {
    travel: (way) => (way === 'undo' ? manager.undo() : manager.redo()),
    stop: () => manager.destroy(),
  }
}
