/** What a session of ours refuses: every permission, device, download and request that is not for our own page. */
import type { Session } from 'electron'
import type { Logger } from '../../main/ports.ts'
import { isPageAddress } from '../bundle-file.ts'

/** Takes from a session everything a page of ours does not need. It may request what `allows` says, and nothing else. */
export function confineSession(session: Session, logger: Logger, allows: (address: string) => boolean): void {
  session.setPermissionRequestHandler((_contents, permission, decide) => {
    logger.info('permission.refused', { permission })
    decide(false)
  })
  session.setPermissionCheckHandler(() => false)
  session.setDevicePermissionHandler(() => false)
  session.on('will-download', (event) => {
    logger.info('download.refused')
    event.preventDefault()
  })
  session.webRequest.onBeforeRequest((details, decide) => {
    decide({ cancel: !allows(details.url) })
  })
  // The built-in checker fetches its dictionaries from the network.
  session.setSpellCheckerLanguages([])
}

/** Whether a request may be made at all: our page's own parts, and images it made itself. */
export function isAllowedRequest(address: string, devtoolsAllowed: boolean): boolean {
  if (address.startsWith('blob:')) return isPageAddress(address.slice('blob:'.length))
  if (devtoolsAllowed && address.startsWith('devtools://')) return true
  return isPageAddress(address)
}
