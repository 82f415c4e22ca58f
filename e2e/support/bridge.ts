/** The page's way to the main process, as any script on the page finds it. */
import type { Page } from '@playwright/test'

export interface Bridge {
  call(name: string, ...args: unknown[]): Promise<Outcome>
}

export interface Outcome {
  readonly ok: boolean
  readonly value?: unknown
  readonly error?: { readonly kind: string; readonly message: string }
}

/** Asks the main process as the page does. */
export function call(page: Page, name: string, ...args: unknown[]): Promise<Outcome> {
  return page.evaluate(
    ([calledName, calledArgs]) => (window as unknown as { sheaf: Bridge }).sheaf.call(calledName, ...calledArgs),
    [name, args] as const,
  )
}
