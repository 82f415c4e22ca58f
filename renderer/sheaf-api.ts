/** The main process as the interface sees it: calls that resolve to values or throw `SheafError`, and events. */
import { createContext, useContext } from 'react'
import { assert, SheafError } from '../shared/errors.ts'
import type {
  CallName,
  EventName,
  ImportReport,
  SheafBridge,
  SheafCalls,
  SheafEvents,
  TaskNumber,
} from '../shared/ipc/contract.ts'
import type { Outcome } from '../shared/ipc/outcome.ts'

export interface SheafApi {
  /** Resolves to the call's answer. Rejects with `SheafError`; `data.reference` is what to quote when asking for help. */
  call<N extends CallName>(name: N, ...args: Parameters<SheafCalls[N]>): Promise<ReturnType<SheafCalls[N]>>
  /** Brings in what a person dropped. Rejects as `call` does. */
  drop(task: TaskNumber, files: readonly File[]): Promise<ImportReport>
  /** Listens until the returned function is called. */
  on<N extends EventName>(name: N, listener: (payload: SheafEvents[N]) => void): () => void
}

declare global {
  interface Window {
    /** Put there by the preload script. */
    readonly sheaf?: SheafBridge
  }
}

/** Wraps a bridge: a failed outcome becomes a thrown `SheafError`. */
export function createSheafApi(bridge: SheafBridge): SheafApi {
  return {
    async call(name, ...args) {
      return valueOf(await bridge.call(name, ...args))
    },
    async drop(task, files) {
      return valueOf(await bridge.drop(task, files))
    },
    on: (name, listener) => bridge.on(name, listener),
  }
}

function valueOf<T>(outcome: Outcome<T>): T {
  if (outcome.ok) return outcome.value
  const { kind, message, data, reference } = outcome.error
  throw new SheafError(kind, message, { ...data, reference })
}

let ofThisWindow: SheafApi | null = null

/** The api of this window, for code outside React. */
export function sheafApi(): SheafApi {
  if (!ofThisWindow) {
    assert(window.sheaf, 'the preload script put `sheaf` on the window')
    ofThisWindow = createSheafApi(window.sheaf)
  }
  return ofThisWindow
}

const SheafContext = createContext<SheafApi | null>(null)

export const SheafProvider = SheafContext.Provider

/** The api inside React components. */
export function useSheaf(): SheafApi {
  const api = useContext(SheafContext)
  assert(api, 'components that call Sheaf stand inside SheafProvider')
  return api
}
