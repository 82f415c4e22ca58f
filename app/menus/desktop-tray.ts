/** Sheaf beside the clock (in the menu bar on macOS): there while Sheaf runs and the person wants it. */
import { Menu, nativeImage, Tray } from 'electron'
import template16 from '../../build/tray/template-16.png?inline'
import template32 from '../../build/tray/template-32.png?inline'
import tray16 from '../../build/tray/tray-16.png?inline'
import tray24 from '../../build/tray/tray-24.png?inline'
import tray32 from '../../build/tray/tray-32.png?inline'
import type { RecentDocument } from '../windows/desktop-state.ts'
import { strings } from '../wording/strings.ts'
import { type TrayActions, trayTemplate } from './tray-menu.ts'

/** Side of the icon in the system's device-independent pixels. */
const SIDE = 16

export class DesktopTray {
  readonly #actions: TrayActions
  #tray: Tray | null = null

  constructor(actions: TrayActions) {
    this.#actions = actions
  }

  /** Puts the icon there, or takes it away. */
  show(wanted: boolean): void {
    if (wanted === (this.#tray !== null)) return
    this.#tray?.destroy()
    this.#tray = wanted ? new Tray(icon()) : null
    // On macOS a click opens the menu.
    if (process.platform !== 'darwin') this.#tray?.on('click', () => this.#actions.present())
  }

  /** Names the documents shown lately, in the language spoken now. */
  update(recent: readonly RecentDocument[]): void {
    if (this.#tray === null) return
    this.#tray.setToolTip(strings.appName)
    this.#tray.setContextMenu(Menu.buildFromTemplate(trayTemplate(recent, this.#actions)))
  }
}

function icon(): Electron.NativeImage {
  const isMac = process.platform === 'darwin'
  const pictures = isMac ? [template16, template32] : [tray16, tray24, tray32]
  const image = nativeImage.createEmpty()
  for (const dataURL of pictures) {
    const { width, height } = nativeImage.createFromDataURL(dataURL).getSize()
    image.addRepresentation({ scaleFactor: width / SIDE, width, height, dataURL })
  }
  // Black on nothing: the menu bar gives it its own colour.
  image.setTemplateImage(isMac)
  return image
}
