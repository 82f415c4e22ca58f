/**
 * The entry of the desktop app: what must happen before Electron is ready, and the life of the process around it.
 * Nothing here awaits at the top level: in an ES module Electron's `ready` waits for that, and would never come.
 */
import path from 'node:path'
import { app, dialog } from 'electron'
import type { Clock } from '../main/ports.ts'
import { openRotatingLog } from '../main/rotating-log.ts'
import { SheafError } from '../shared/errors.ts'
import { registerPageScheme } from './app-protocol.ts'
import { type DesktopApp, startDesktopApp } from './desktop-app.ts'
import { documentPaths, inviteLink, inviteOf, LINK_SCHEME } from './links/launch-arguments.ts'
import { guardNavigation } from './safety/navigation-guards.ts'
import { strings } from './wording/strings.ts'
import { worded } from './wording/wording.ts'

const folder = app.commandLine.getSwitchValue('user-data-dir')
if (folder !== '') app.setPath('userData', path.resolve(folder))
const data = path.join(app.getPath('userData'), 'data')
const clock: Clock = { now: () => Date.now() }
const logger = openRotatingLog({ folder: path.join(data, 'logs'), clock })

registerPageScheme()
// enableSandbox() takes --no-sandbox away again; a superuser (a container) could then start no page at all.
if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox()
guardNavigation(app, logger)

/** Files asked for before the app stands. */
const waiting = documentPaths(process.argv.slice(1), process.cwd())
/** An invite link opened before the app stands. */
let invited = inviteOf(process.argv.slice(1))
let desktop: DesktopApp | null = null
let closing = false
let closed = false

function openFiles(paths: readonly string[]): void {
  if (desktop === null) waiting.push(...paths)
  else desktop.openFiles(paths).catch(stop)
}

function openLink(link: unknown): void {
  const invitation = inviteLink(link)
  // The link holds a key: it is not written down.
  logger.info(invitation === null ? 'link.ignored' : 'link.opened')
  if (invitation === null) return
  if (desktop === null) invited = invitation
  else desktop.invite(invitation)
}

/** The process can't go on: what a window called saved is on disk, the rest of its state can't be trusted. */
function stop(error: unknown): void {
  logger.error('app.stopped', error)
  process.stderr.write(`${strings.problems.stopped}: ${String(error instanceof Error ? error.stack : error)}\n`)
  if (!app.isReady()) app.exit(1)
  void dialog
    .showMessageBox({ type: 'error', message: strings.problems.stopped, detail: strings.problems.stoppedDetail })
    .finally(() => app.exit(1))
}

async function start(): Promise<void> {
  const screenshot = app.commandLine.getSwitchValue('screenshot')
  try {
    desktop = await startDesktopApp({
      data,
      clock,
      logger,
      files: waiting.splice(0),
      screenshot: screenshot === '' ? null : screenshot,
    })
    logger.info('app.started', { version: app.getVersion(), electron: process.versions.electron })
  } catch (error) {
    logger.error('app.not-started', error)
    const reason = error instanceof SheafError ? worded(error.message) : strings.problems.unexpectedStart
    process.stderr.write(`${strings.problems.cannotStart}: ${String(error instanceof Error ? error.stack : error)}\n`)
    await dialog.showMessageBox({
      type: 'error',
      message: strings.problems.cannotStart,
      detail: strings.problems.cannotStartDetail(reason),
    })
    app.exit(1)
    return
  }
  openFiles(waiting.splice(0))
  if (invited !== null) desktop.invite(invited)
  invited = null
}

/** Closes what is open, then ends the process; a request that comes meanwhile changes nothing. */
async function quit(running: DesktopApp): Promise<void> {
  if (closing) return
  closing = true
  try {
    if (!(await running.close())) return
    closed = true
    logger.info('app.closed')
    app.quit()
  } finally {
    closing = false
  }
}

if (app.requestSingleInstanceLock({ files: [...waiting], link: invited })) {
  process.on('uncaughtException', stop)
  process.on('unhandledRejection', stop)
  if (app.isPackaged) app.setAsDefaultProtocolClient(LINK_SCHEME)

  app.on('second-instance', (_event, argv, _folder, extra) => {
    const { files, link } = (extra ?? {}) as { files?: unknown; link?: unknown }
    const paths = Array.isArray(files) ? files.filter((file) => typeof file === 'string') : []
    // Some systems hand over the words and not what stands beside them.
    const opened = link ?? inviteOf(argv)
    if (opened !== null) openLink(opened)
    if (paths.length > 0) openFiles(paths)
    else if (opened === null) desktop?.present()
  })
  app.on('open-file', (event, file) => {
    event.preventDefault()
    openFiles(documentPaths([file], process.cwd()))
  })
  app.on('open-url', (event, link) => {
    event.preventDefault()
    openLink(link)
  })
  app.on('activate', () => desktop?.present())
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit()
  })
  app.on('before-quit', (event) => {
    if (closed || desktop === null) return
    event.preventDefault()
    quit(desktop).catch(stop)
  })
  app.whenReady().then(start).catch(stop)
} else {
  // The running Sheaf has been told what to open.
  app.quit()
}
