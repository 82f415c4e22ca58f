import { FileText, SquarePen } from 'lucide-react'
import { useState } from 'react'
import { shownTitle } from '../library/shown-title.ts'
import { when } from '../library/when.ts'
import type { PagePlace } from '../pickers/page-place.ts'
import { PickerList, PickerOption } from '../pickers/picker-list.tsx'
import { t } from '../strings/t.ts'
import { HighlightedLine } from '../text/highlighted.tsx'
import { useObserved } from '../window/observable.ts'
import type { MentionItem } from './mention-items.ts'
import type { MentionPicker } from './mention-picker.ts'

export interface MentionListProps {
  readonly picker: MentionPicker
  /** Where a position of the page stands; null when it can't be seen. */
  place(position: number): PagePlace | null
}

/** Characters of a title that fit into a line, about. */
const ROOM = 34

/** The documents one can name, under the line with the caret. */
export function MentionList({ picker, place }: MentionListProps) {
  const open = useObserved(picker.open)
  const [now] = useState(() => Date.now())
  if (open === null) return null
  return (
    <PickerList picker={picker} label={t('mention.list')} className="mention-list" place={() => place(open.from)}>
      {open.items.map((item) => {
        const id = picker.idOf(item)
        const chosen = open.chosen !== null && picker.idOf(open.chosen) === id
        return (
          <PickerOption key={id} picker={picker} item={item} chosen={chosen} tall={item.kind === 'document'}>
            <ItemLines item={item} now={now} />
          </PickerOption>
        )
      })}
    </PickerList>
  )
}

function ItemLines({ item, now }: { readonly item: MentionItem; readonly now: number }) {
  if (item.kind === 'create') {
    return (
      <>
        <SquarePen className="icon" />
        <span className="grow clip">{t('mention.create', item.title)}</span>
      </>
    )
  }
  const { entry, ranges } = item
  return (
    <>
      <FileText className="icon" />
      <span className="grow mention-list__lines">
        <span className="clip">
          <HighlightedLine room={ROOM} text={shownTitle(entry)} ranges={ranges} />
        </span>
        <span className="mention-list__words clip quiet">
          {entry.firstWords === '' ? t('library.noText') : entry.firstWords}
        </span>
      </span>
      <span className="key">{when(entry.changedAt, now)}</span>
    </>
  )
}
