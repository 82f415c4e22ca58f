import { Copy, ExternalLink, Globe, Mail, PencilLine, TriangleAlert, Unlink } from 'lucide-react'
import { Toolbar } from 'radix-ui'
import { unreachable } from '../../shared/errors.ts'
import { t } from '../strings/t.ts'
import { CardButton } from './card-button.tsx'
import { type Misgiving, shownAddress } from './shown-address.ts'

export interface LinkCardProps {
  readonly href: unknown
  /** The words the link stands on. */
  readonly words: string
  onOpen(): void
  onCopy(href: string): void
  /** Null where the page can't be changed. */
  readonly onEdit: (() => void) | null
  readonly onRemove: (() => void) | null
}

/** Characters that fit into the lines the card has for an address, at the least. */
const LONG = 320

/** Where a link leads, plainly, and what can be done with it. Nothing of it is fetched. */
export function LinkCard({ href, words, onOpen, onCopy, onEdit, onRemove }: LinkCardProps) {
  const address = shownAddress(href, words)
  const raw = typeof href === 'string' ? href.slice(0, 200).replace(/[\p{Cc}\p{Cf}]/gu, '') : ''
  const full = address === null ? raw : address.full
  const Icon = address?.full.startsWith('mailto:') ? Mail : Globe
  return (
    <>
      <div className="page-card__facts">
        <p className="page-card__title" dir="ltr">
          <Icon className="icon" />
          <span>{address === null ? t('link.cantOpen') : address.host}</span>
        </p>
        {full !== '' && (
          // What scrolls has to be reached by keyboard.
          <p className="page-card__address" dir="ltr" tabIndex={full.length > LONG ? 0 : undefined}>
            {full}
          </p>
        )}
        {address?.misgivings.map((misgiving) => (
          <p key={misgiving} className="page-card__caution">
            <TriangleAlert className="icon" />
            {sentence(misgiving)}
          </p>
        ))}
      </div>
      <Toolbar.Root className="page-card__actions" aria-label={t('link.card', address?.host ?? raw)}>
        {address !== null && !address.misgivings.includes('hidden-name') && (
          <CardButton icon={ExternalLink} label={t('link.open')} shortcut="Alt+Enter" words onClick={onOpen} />
        )}
        {address !== null && <CardButton icon={Copy} label={t('link.copy')} onClick={() => onCopy(address.full)} />}
        {onEdit && <CardButton icon={PencilLine} label={t('link.edit')} shortcut="Mod+Alt+K" onClick={onEdit} />}
        {onRemove && <CardButton icon={Unlink} label={t('page.linkRemove')} onClick={onRemove} />}
      </Toolbar.Root>
    </>
  )
}

function sentence(misgiving: Misgiving): string {
  switch (misgiving) {
    case 'hidden-name':
      return t('link.hiddenName')
    case 'other-host':
      return t('link.otherHost')
    case 'foreign-letters':
      return t('link.foreignLetters')
    default:
      return unreachable(misgiving)
  }
}
