import type { Node } from 'prosemirror-model'
import { memo, type MouseEvent, useLayoutEffect, useRef } from 'react'
import type { LibraryView } from '../../shared/ipc/contract.ts'
import { linkUnder } from '../links/link-under.ts'
import { type DocumentLinks, knownDocument } from '../mentions/document-links.ts'
import { mentionFacts, mentionWords } from '../mentions/mention.ts'
import { t } from '../strings/t.ts'
import { useObserved } from '../window/observable.ts'
import { drawWords } from './draw-words.ts'
import type { NoteWatch } from './note-watch.ts'
import './notes.css'

export interface NotesListProps {
  readonly watch: NoteWatch
  /** Other documents, whose titles mentions show. */
  readonly links: DocumentLinks
  openLink(href: string): void
}

/** The page's footnotes below its text, in their order. A note's number leads to where it stands in the text. */
export function NotesList({ watch, links, openLink }: NotesListProps) {
  const notes = useObserved(watch.notes)
  if (notes.length === 0) return null
  return (
    <section className="notes" role="doc-endnotes" aria-label={t('footnote.list')}>
      <ol className="notes__list">
        {notes.map(({ number, node }) => (
          <li key={number} className="notes__item">
            <button
              type="button"
              className="notes__number"
              data-note={number}
              aria-label={t('footnote.backTo', number)}
              title={t('footnote.backTo', number)}
              onClick={() => watch.goTo(number)}
            >
              {number}
            </button>
            <NoteWords node={node} links={links} openLink={openLink} />
          </li>
        ))}
      </ol>
    </section>
  )
}

interface NoteWordsProps extends Omit<NotesListProps, 'watch'> {
  readonly node: Node
}

/** A long list is drawn anew for the one note that changed. */
const NoteWords = memo(({ node, links, openLink }: NoteWordsProps) => {
  const words = useRef<HTMLDivElement>(null)
  const titles = useObserved(links.library, (library) => mentionTitles(node, library).join('\n'))
  useLayoutEffect(() => {
    const rest = titles.split('\n')
    words.current?.replaceChildren(drawWords(node, () => rest.shift() ?? ''))
  }, [node, titles])
  const follow = (event: MouseEvent) => {
    const href = linkUnder(event)
    if (href !== null) openLink(href)
  }
  const isEmpty = node.content.size === 0
  return (
    <>
      {/* biome-ignore lint/a11y: the links inside are heard by keyboard as well. */}
      <div ref={words} className="words notes__words" dir="auto" hidden={isEmpty} onClick={follow} />
      {isEmpty && <span className="notes__empty">{t('footnote.empty')}</span>}
    </>
  )
})

/** What the mentions in a note are called now, in their order. */
function mentionTitles(note: Node, library: LibraryView | null): string[] {
  return note.children.flatMap((child) => {
    if (child.type.name !== 'mention') return []
    const facts = mentionFacts(child)
    return [mentionWords(knownDocument(library, facts.documentId), facts).title.replaceAll('\n', ' ')]
  })
}
