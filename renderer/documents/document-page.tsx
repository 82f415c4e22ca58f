import { useEffect, useRef, useState } from 'react'
import type { DocumentId } from '../../shared/ids.ts'
import { PasteProgress } from '../clipboard/paste-progress.tsx'
import { BlockHandleButton } from '../editor/handle/block-handle-button.tsx'
import { TableMenuButton } from '../editor/tables/table-menu-button.tsx'
import { FormattingToolbar } from '../editor/formatting/formatting-toolbar.tsx'
import { PageCard } from '../links/page-card.tsx'
import type { DocumentLinks } from '../mentions/document-links.ts'
import { MentionList } from '../mentions/mention-list.tsx'
import { NotesList } from '../notes/notes-list.tsx'
import { PageMenuList } from '../page-menu/page-menu-list.tsx'
import { PresenceLayer } from '../presence/presence-layer.tsx'
import { SlashMenuList } from '../slash-menu/slash-menu-list.tsx'
import { useSheaf } from '../sheaf-api.ts'
import { t } from '../strings/t.ts'
import type { DocumentCommandsRef, DocumentState } from './document-state.ts'
import { PageController } from './page-controller.ts'
import type { WritingAids } from './writing-aids.ts'
import { type TitleHandle, TitleField } from './title-field.tsx'
import '../editor/page.css'
import '../editor/blocks.css'
import '../editor/handle/block-handle.css'
import '../editor/tables/tables.css'
import '../clipboard/paste.css'
import '../code/code.css'
import '../images/images.css'
import '../focus/focus.css'
import '../formulas/formulas.css'
import '../links/links.css'
import '../mentions/mentions.css'
import '../pickers/pickers.css'
import '../slash-menu/slash-menu.css'

export interface DocumentPageProps {
  readonly documentId: DocumentId
  /** Other documents. */
  readonly links: DocumentLinks
  readonly commands: DocumentCommandsRef
  onState(state: DocumentState): void
  onTitle(title: string): void
  /** Adds a word to the person's own dictionary. */
  onLearn(word: string): void
  /** The aids of this page, for the window around it; null when it is gone. */
  onAids(aids: WritingAids | null): void
}

/**
 * The page of one document: its title and its body. Mount it with `key={documentId}`.
 *
 * It renders when it is mounted and when words are selected; the editor draws everything else by itself.
 */
export function DocumentPage({ documentId, links, commands, onState, onTitle, onAids, onLearn }: DocumentPageProps) {
  const api = useSheaf()
  const column = useRef<HTMLElement>(null)
  const body = useRef<HTMLDivElement>(null)
  const title = useRef<TitleHandle>(null)
  const [controller, setController] = useState<PageController | null>(null)
  const [problem, setProblem] = useState<string | null>(null)

  useEffect(() => {
    if (!column.current || !body.current || !title.current) return
    const page = new PageController({
      api,
      documentId,
      links,
      elements: { column: column.current, body: body.current, title: title.current },
      onState,
      onTitle,
      onProblem: setProblem,
    })
    setController(page)
    commands.current = page.commands
    onAids(page.aids)
    return () => {
      if (commands.current === page.commands) commands.current = null
      setController(null)
      onAids(null)
      page.close()
    }
  }, [api, documentId, links, commands, onState, onTitle, onAids])

  return (
    <article ref={column} className="page" data-opening="">
      <TitleField
        ref={title}
        onInput={(words) => controller?.setTitle(words)}
        onUndo={() => controller?.travelTitle('undo')}
        onRedo={() => controller?.travelTitle('redo')}
        onLeave={() => controller?.enterBody()}
      />
      {problem !== null && (
        <p className="page__problem" role="alert">
          {t('page.openFailed')} {problem}
        </p>
      )}
      <div ref={body} hidden={problem !== null} />
      {controller !== null && (
        <>
          <PresenceLayer presence={controller.aids.presence} />
          <NotesList watch={controller.aids.notes} links={links} openLink={controller.openLink} />
          <FormattingToolbar watch={controller.watch} actions={controller.formatting} />
          <BlockHandleButton
            handle={controller.aids.handle}
            act={controller.actOnHandle}
            focusPage={controller.formatting.focusPage}
          />
          <TableMenuButton
            menu={controller.aids.table}
            act={controller.commands.act}
            focusPage={controller.formatting.focusPage}
          />
          <PasteProgress paste={controller.aids.longPaste} />
          <SlashMenuList menu={controller.aids.slash} place={controller.placeOf} />
          <MentionList picker={controller.aids.mentions} place={controller.placeOf} />
          <PageMenuList
            menu={controller.aids.menu}
            spelling={controller.aids.spelling}
            actions={controller.menuActions}
            onLearn={onLearn}
          />
          <PageCard
            watch={controller.aids.card}
            links={links}
            actions={controller.cardActions}
            focusPage={controller.formatting.focusPage}
            place={controller.placeOf}
          />
        </>
      )}
    </article>
  )
}
