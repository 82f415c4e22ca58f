/**
 * The bridge between a window's page and the main process: `window.sheaf`, and nothing else. Two channels carry
 * everything, so this file stays the same when a call is added; the main process checks what comes through. A third one
 * carries what is dropped: the paths of files are put in here, so that no page ever says or sees one.
 */
import { contextBridge, ipcRenderer, webUtils } from 'electron'
import { CALL_CHANNEL, DROP_CHANNEL, EVENT_CHANNEL } from '../shared/ipc/contract.ts'

type Listener = (payload: unknown) => void

const listeners = new Map<string, Set<Listener>>()

ipcRenderer.on(EVENT_CHANNEL, (_event, name: string, payload: unknown) => {
  for (const listener of listeners.get(name) ?? []) listener(payload)
})

contextBridge.exposeInMainWorld('sheaf', {
  call: (name: string, ...args: unknown[]): Promise<unknown> => ipcRenderer.invoke(CALL_CHANNEL, name, args),
  drop: async (task: number, files: readonly File[]): Promise<unknown> =>
    ipcRenderer.invoke(
      DROP_CHANNEL,
      task,
      files.map((file) => webUtils.getPathForFile(file)),
    ),
  on(name: string, listener: Listener): () => void {
    const heard = listeners.get(name) ?? new Set()
    listeners.set(name, heard)
    // A function of its own for each subscription: the same listener may be given twice.
    const entry: Listener = (payload) => listener(payload)
    heard.add(entry)
    return () => {
      heard.delete(entry)
    }
  },
})
