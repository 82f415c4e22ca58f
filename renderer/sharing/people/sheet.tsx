import { ArrowLeft } from 'lucide-react'
import { type ReactNode, useEffect, useRef } from 'react'
import { t } from '../../strings/t.ts'

export interface SheetProps {
  readonly title: string
  onBack(): void
  readonly children: ReactNode
}

/** One thing to decide, in place of the whole share dialog: it takes the focus when it comes. */
export function Sheet({ title, onBack, children }: SheetProps) {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [])
  return (
    <section className="sheet" aria-label={title}>
      <button type="button" className="button button--quiet sheet__back" onClick={onBack}>
        <ArrowLeft className="icon" />
        {t('share.back')}
      </button>
      <h3 className="sheet__title" ref={heading} tabIndex={-1}>
        {title}
      </h3>
      {children}
    </section>
  )
}
