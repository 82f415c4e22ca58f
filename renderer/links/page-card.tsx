import { type KeyboardEvent, useRef } from 'react'
import { MentionCard } from '../mentions/mention-card.tsx'
import { type DocumentLinks, knownDocument } from '../mentions/document-links.ts'
import { mentionWords } from '../mentions/mention.ts'
import { shortcutWords } from '../commands/shortcut.ts'
import { t } from '../strings/t.ts'
import { shownAddress } from './shown-address.ts'
import { type PagePlace, usePlaced } from '../pickers/page-place.ts'
import { useObserved } from '../window/observable.ts'
import type { CardTarget, CardWatch } from './card-watch.ts'
import { LinkCard } from './link-card.tsx'

/** What can be done at a card. */
export interface CardActions {
  /** Whether the page can be changed. */
  canChange(): boolean
  open(target: CardTarget, inNewWindow: boolean): void
  copy(href: string): void
  edit(target: CardTarget): void
  remove(target: CardTarget): void
}

export interface PageCardProps {
  readonly watch: CardWatch
  readonly links: DocumentLinks
  readonly actions: CardActions
  /** Gives the keyboard back to the page. */
  focusPage(): void
  /** Where a position of the page stands; null when it can't be seen. */
  place(position: number): PagePlace | null
}

/** The card beside a link or a mention: where it leads, and what can be done with it. Alt+F10 goes into it, Escape back. */
export function PageCard({ watch, links, actions, focusPage, place }: PageCardProps) {
  const target = useObserved(watch.target)
  const card = useRef<HTMLDivElement>(null)
  usePlaced(card, () => {
    const line = target && place(target.at)
    const start = target && place(target.from)
    return line && start && line.top === start.top ? { ...line, left: start.left } : line
  })
  const said = target?.by === 'caret' ? announcement(target, links) : ''
  // It is there before there is something to say: only then is it heard.
  const status = (
    <div role="status" className="visually-hidden">
      {said}
    </div>
  )
  if (target === null) return status

  const leave = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return
    event.preventDefault()
    event.stopPropagation()
    watch.dismiss()
    focusPage()
  }
  /** The keyboard is on the page again before anything happens: what is done may take it elsewhere. */
  const run = (work: () => void) => () => {
    watch.close()
    focusPage()
    work()
  }
  const open = (inNewWindow: boolean) => run(() => actions.open(target, inNewWindow))
  return (
    <>
      {status}
      <div
        ref={card}
        className="page-card chrome"
        onPointerEnter={() => watch.hold()}
        onPointerLeave={() => watch.letGo()}
        onKeyDown={leave}
        // Pressing a button must not take the caret away from the page.
        onMouseDown={(event) => event.preventDefault()}
        onBlur={({ relatedTarget }) => {
          if (!card.current?.contains(relatedTarget) && !relatedTarget?.closest('.prose')) watch.close()
        }}
      >
        {target.kind === 'link' ? (
          <LinkCard
            href={target.href}
            words={target.words}
            onOpen={open(false)}
            onCopy={(href) => run(() => actions.copy(href))()}
            onEdit={actions.canChange() ? run(() => actions.edit(target)) : null}
            onRemove={actions.canChange() ? run(() => actions.remove(target)) : null}
          />
        ) : (
          <MentionCard
            facts={target.facts}
            links={links}
            onOpen={open(false)}
            onOpenInWindow={open(true)}
            onRestore={(entry) => run(() => links.restore(entry))()}
          />
        )}
      </div>
    </>
  )
}

/** What a screen reader says when the caret comes to a link. */
function announcement(target: CardTarget, links: DocumentLinks): string {
  if (target.kind === 'link') {
    const address = shownAddress(target.href, target.words)
    return address === null ? t('link.cantOpen') : t('link.announced', address.host, shortcutWords('Alt+F10'))
  }
  const { name, state } = mentionWords(knownDocument(links.library.get(), target.facts.documentId), target.facts)
  return state === '' ? t('mention.announced', name) : name
}
