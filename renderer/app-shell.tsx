import { Tooltip } from 'radix-ui'
import { type CSSProperties, Fragment, useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { MenuCommand } from '../shared/ipc/contract.ts'
import { appCommands } from './commands/app-commands.ts'
import { useShortcuts } from './commands/use-shortcuts.ts'
import { DocumentPage } from './documents/document-page.tsx'
import { useFileDrop } from './exchange/use-file-drop.ts'
import { windowImports } from './exchange/window-imports.ts'
import { FindBar } from './find/find-bar.tsx'
import { LibraryPane } from './library/library-pane.tsx'
import { windowLibrary } from './library/window-library.ts'
import { NoticeStack } from './notices/notice-stack.tsx'
import { ToastView } from './notices/toast-view.tsx'
import { applySettings } from './settings/apply-settings.ts'
import { askToJoin } from './sharing/join/ask-to-join.ts'
import { spellingActions } from './spelling/spelling-actions.ts'
import { spokenLanguage, t } from './strings/t.ts'
import { useLiveView } from './use-live-view.ts'
import { Dialogs } from './window/dialogs.tsx'
import { documentActions } from './window/document-actions.ts'
import { Panels } from './window/panels.tsx'
import { EmptyDesk } from './window/empty-desk.tsx'
import { useObserved } from './window/observable.ts'
import { StatusBar } from './window/status-bar.tsx'
import { TopBar } from './window/top-bar.tsx'
import { useMediaQuery } from './window/use-media-query.ts'
import { useReady } from './window/use-ready.ts'
import { useShownDocument } from './window/use-shown-document.ts'
import { useStart } from './window/use-start.ts'
import { useWindowEvents } from './window/use-window-events.ts'
import { windowLinks } from './window/window-links.ts'
import type { WindowModel } from './window/window-model.ts'

/** Below this width, in CSS pixels, the library stands above the page: the same number as in design/adaptation.css. */
const NARROW = '(max-width: 719px)'
/** Below this width a panel stands above the page. */
const NARROW_FOR_PANEL = '(max-width: 1079px)'

/** The whole window: the library, the page and what stands around it. */
export function AppShell({ model }: { readonly model: WindowModel }) {
  const { api, board } = model
  const fail = useCallback((error: unknown) => board.fail(error), [board])
  const view = useLiveView<['library.get', 'library.changed']>(
    api,
    'library.get',
    'library.changed',
    model.library,
    fail,
  )
  const settings = useLiveView<['settings.get', 'settings.changed']>(
    api,
    'settings.get',
    'settings.changed',
    model.settings,
    fail,
  )
  const spelled = useLiveView<['spelling.get', 'spelling.changed']>(
    api,
    'spelling.get',
    'spelling.changed',
    model.spelling,
    fail,
  )
  const documentId = useObserved(model.documentId)
  const started = useObserved(model.started)
  const place = useObserved(model.place)
  const aids = useObserved(model.aids)
  const libraryOver = useObserved(model.libraryOver)
  const panelOver = useObserved(model.panelOver)
  const narrow = useMediaQuery(NARROW)
  const panelNarrow = useMediaQuery(NARROW_FOR_PANEL)
  const searchField = useRef<HTMLInputElement | null>(null)
  const [draggedWidth, setDraggedWidth] = useState<number | null>(null)

  const library = useMemo(() => windowLibrary(model), [model])
  const links = useMemo(() => windowLinks(model, library), [model, library])
  const document = useMemo(() => documentActions(model), [model])
  const spelling = useMemo(() => spellingActions(model), [model])
  const imports = useMemo(() => windowImports(model), [model])
  const onFiles = useCallback((files: readonly File[]) => board.attempt(() => imports.drop(files)), [board, imports])
  const dropping = useFileDrop(onFiles)
  const focusSearch = useCallback(() => {
    model.toggleLibrary(true)
    setTimeout(() => searchField.current?.select(), 0)
  }, [model])
  const commands = useCallback(
    () => appCommands({ model, library, document, imports, spelling, focusSearch }),
    [model, library, document, imports, spelling, focusSearch],
  )
  const dialogOpen = useCallback(() => model.dialog.get() !== null, [model])
  const onMenuCommand = useCallback(
    (id: MenuCommand) => {
      const command = commands().find((each) => each.id === id)
      if (command?.unavailable === '') command.run()
    },
    [commands],
  )

  useStart(model)
  useReady(model)
  useShownDocument(model)
  useWindowEvents(model, onMenuCommand)
  useShortcuts(commands, dialogOpen)
  useEffect(() => model.setNarrow(narrow), [model, narrow])
  useEffect(() => model.setPanelNarrow(panelNarrow), [model, panelNarrow])
  useEffect(() => {
    if (aids !== null && settings !== null) aids.focus.follow(settings, () => model.setFocus('off'))
  }, [model, aids, settings])
  useEffect(() => {
    if (aids !== null && settings !== null) aids.spelling.follow({ enabled: settings.spelling, view: spelled })
  }, [aids, settings, spelled])
  useEffect(() => {
    if (settings) applySettings(settings)
  }, [settings])

  if (!view || !settings) return null
  const focused = settings.focus !== 'off'
  const shown = !focused && (narrow ? libraryOver : settings.libraryShown)
  const openPanel = focused ? 'none' : panelNarrow ? panelOver : settings.panel
  const panel = aids !== null && openPanel !== 'none' && { aids, panel: openPanel, over: panelNarrow }
  const width = draggedWidth ?? settings.libraryWidth
  const hideLibrary = () => {
    model.toggleLibrary(false)
    model.page.current?.focus()
  }
  const emptyFolder = view.entries.length === 0 && view.complete ? view.name : null

  return (
    <Tooltip.Provider delayDuration={600}>
      <div
        className={`app ${shown && !narrow ? '' : 'app--bare'} ${panel && !panel.over ? 'app--panelled' : ''}`}
        data-focus={focused ? settings.focus : undefined}
        style={{ '--library-width': `${width}px` } as CSSProperties}
      >
        {/* Another language is another window to everything but the dialog in which it is chosen. */}
        <Fragment key={spokenLanguage()}>
          {shown && narrow && <div className="library__veil" onPointerDown={hideLibrary} />}
          {shown && (
            <LibraryPane
              view={view}
              current={documentId}
              currentTitle={model.title}
              place={place}
              order={settings.libraryOrder}
              density={settings.density}
              actions={library}
              searchField={searchField}
              over={narrow}
              resize={{
                width,
                onWidth: setDraggedWidth,
                onSettled: (libraryWidth) => {
                  setDraggedWidth(null)
                  model.changeSettings({ libraryWidth })
                },
              }}
              onOrder={(libraryOrder) => model.changeSettings({ libraryOrder })}
              onPlace={(next) => model.place.set(next)}
              onHide={hideLibrary}
              onSettings={() => model.dialog.set('settings')}
            />
          )}
          <div className="desk" inert={shown && narrow}>
            <TopBar model={model} bare={!shown || narrow} commands={commands} />
            <NoticeStack key={documentId} board={board} state={model.settledState} remedies={document} />
            {aids !== null && <FindBar find={aids.find} />}
            <main className="scroller" aria-label={t('window.page')} data-region>
              {documentId !== null && (
                <DocumentPage
                  key={documentId}
                  documentId={documentId}
                  links={links}
                  commands={model.page}
                  onState={model.hearState}
                  onTitle={model.hearTitle}
                  onLearn={spelling.learn}
                  onAids={model.hearAids}
                />
              )}
              {documentId === null && started && (
                <EmptyDesk
                  emptyFolder={emptyFolder}
                  actions={library}
                  onJoin={() => askToJoin(model)}
                  onRestore={() => model.dialog.set('restore')}
                />
              )}
            </main>
            <ToastView board={board} />
            <StatusBar model={model} onAddDictionary={spelling.addDictionary} />
          </div>
          {panel && <Panels model={model} {...panel} />}
        </Fragment>
        {dropping && (
          <div className="drop chrome">
            <p>{t('import.drop')}</p>
          </div>
        )}
        <Dialogs model={model} library={library} document={document} commands={commands} />
      </div>
    </Tooltip.Provider>
  )
}
