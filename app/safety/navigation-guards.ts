/** Our windows show one page and stay on it: no navigation, no new windows, no embedded guests. */
import type { App, Event } from 'electron'
import type { Logger } from '../../main/ports.ts'

/** Guards every web contents this process makes from now on. */
export function guardNavigation(app: App, logger: Logger): void {
  app.on('web-contents-created', (_event, contents) => {
    const refuse = (what: string) => (event: Event) => {
      logger.info('navigation.refused', { what })
      event.preventDefault()
    }
    contents.on('will-navigate', refuse('navigate'))
    contents.on('will-frame-navigate', refuse('frame-navigate'))
    contents.on('will-redirect', refuse('redirect'))
    contents.on('will-attach-webview', refuse('webview'))
    contents.setWindowOpenHandler(() => {
      logger.info('navigation.refused', { what: 'window-open' })
      return { action: 'deny' }
    })
  })
}
