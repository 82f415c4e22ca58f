import type { Paper } from '../../shared/exchange/paper.ts'
import type { Settings } from '../../shared/ipc/contract.ts'

/** The paper a person chose last. */
export function paperOf({ paperSize, paperMargins, paperHeader, paperFooter }: Settings): Paper {
  return { size: paperSize, margins: paperMargins, header: paperHeader, footer: paperFooter }
}
