import { shortcutWords } from '../commands/shortcut.ts'
import type { PagePlace } from '../pickers/page-place.ts'
import { PickerList, PickerOption } from '../pickers/picker-list.tsx'
import { t } from '../strings/t.ts'
import { Highlighted } from '../text/highlighted.tsx'
import { useObserved } from '../window/observable.ts'
import type { SlashMenu } from './slash-menu.ts'

export interface SlashMenuListProps {
  readonly menu: SlashMenu
  /** Where a position of the page stands; null when it can't be seen. */
  place(position: number): PagePlace | null
}

/** The `/` menu as one sees it, under the line with the caret, or above it where there is no room. */
export function SlashMenuList({ menu, place }: SlashMenuListProps) {
  const open = useObserved(menu.open)
  if (open === null) return null
  return (
    <PickerList picker={menu} label={t('slash.label')} className="slash-menu" place={() => place(open.from)}>
      {open.groups.map(({ section, items }) => (
        <div key={section} role="group" aria-label={t(`section.${section}`)}>
          <div className="menu__heading" aria-hidden="true">
            {t(`section.${section}`)}
          </div>
          {items.map(({ action, ranges }) => (
            <PickerOption key={action.id} picker={menu} item={action} chosen={action === open.chosen}>
              <action.icon className="icon" />
              <span className="grow clip">
                <Highlighted text={action.title()} ranges={ranges} />
              </span>
              {action.typed !== undefined && <span className="key slash-menu__typed">{action.typed}</span>}
              {action.typed === undefined && action.shortcut !== undefined && (
                <span className="key">{shortcutWords(action.shortcut)}</span>
              )}
            </PickerOption>
          ))}
        </div>
      ))}
    </PickerList>
  )
}
