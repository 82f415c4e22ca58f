import { isPageAddress } from '../bundle-file.ts'

/** What is known of the frame a request came from; null when it is gone already. */
export interface SenderFrame {
  readonly url: string
  /** Null for the top frame of a window. */
  readonly parent: unknown
}

/** Whether a request comes from the top frame of a page of ours. */
export function isTrustedSender(frame: SenderFrame | null | undefined): boolean {
  return frame !== null && frame !== undefined && frame.parent === null && isPageAddress(frame.url)
}
