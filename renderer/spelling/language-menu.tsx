import { BookPlus, Check, SpellCheck } from 'lucide-react'
import { DropdownMenu } from 'radix-ui'
import { spokenLanguage, t } from '../strings/t.ts'
import { useObserved } from '../window/observable.ts'
import type { WindowModel } from '../window/window-model.ts'
import { languageName, NO_LANGUAGE } from './choose-dictionary.ts'
import type { SpellingState, SpellingWatch } from './spelling-watch.ts'
import './spelling.css'
import { handFocusOver } from '../design/hand-focus-over.ts'

export interface LanguageMenuProps {
  readonly model: WindowModel
  readonly spelling: SpellingWatch
  onAddDictionary(): void
}

const GAP = 8
/** The value of a document that says nothing. */
const UNSAID = ''

/** At the foot of the window: the language the document is written in, and what its words are checked with. */
export function LanguageMenu({ model, spelling, onAddDictionary }: LanguageMenuProps) {
  const now = useObserved(spelling.state)
  const languages = useObserved(model.spelling, (view) => view?.languages ?? null)
  const checks = useObserved(model.settings, (settings) => settings?.spelling ?? false)
  const mode = useObserved(model.state, (state) => state?.mode)
  const open = useObserved(model.languageShown)
  if (languages === null) return null
  const words = shownLanguage(now)
  return (
    <DropdownMenu.Root modal={false} open={open} onOpenChange={(next) => model.languageShown.set(next)}>
      <DropdownMenu.Trigger asChild>
        <button
          type="button"
          className="button button--quiet button--small statusbar__language"
          aria-label={t('spelling.language', words)}
        >
          {words}
        </button>
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          className="menu menu--tall chrome"
          aria-label={t('spelling.languages')}
          side="top"
          align="end"
          sideOffset={GAP}
          collisionPadding={GAP}
          onCloseAutoFocus={handFocusOver(() => model.page.current?.focus())}
        >
          <DropdownMenu.Label className="menu__heading">{t('spelling.languages')}</DropdownMenu.Label>
          <DropdownMenu.RadioGroup
            value={now.language ?? UNSAID}
            onValueChange={(tag) => model.page.current?.setLanguage(tag === UNSAID ? null : tag)}
          >
            {choices(now, languages).map(({ tag, label }) => (
              <DropdownMenu.RadioItem key={tag} value={tag} className="menu__item" disabled={mode === 'read-only'}>
                <span className="menu__check">{tag === (now.language ?? UNSAID) && <Check className="icon" />}</span>
                {label}
              </DropdownMenu.RadioItem>
            ))}
          </DropdownMenu.RadioGroup>
          <DropdownMenu.Separator className="menu__rule" />
          <DropdownMenu.CheckboxItem
            className="menu__item"
            checked={checks}
            onCheckedChange={(spells) => model.changeSettings({ spelling: spells })}
          >
            <span className="menu__check">{checks ? <Check className="icon" /> : <SpellCheck className="icon" />}</span>
            {t('command.spelling')}
          </DropdownMenu.CheckboxItem>
          <DropdownMenu.Item className="menu__item" onSelect={onAddDictionary}>
            <BookPlus className="icon" />
            {t('command.addDictionary')}
          </DropdownMenu.Item>
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  )
}

/** What the status says: the language, and whether there is no dictionary for it. */
function shownLanguage({ language, dictionary }: SpellingState): string {
  if (language === NO_LANGUAGE) return t('spelling.notChecked')
  const name = nameOf(language ?? dictionary ?? spokenLanguage())
  return dictionary === null ? t('spelling.noDictionary', name) : name
}

function choices(
  { language }: SpellingState,
  languages: readonly string[],
): readonly { readonly tag: string; readonly label: string }[] {
  const unknown = language === null || language === NO_LANGUAGE || languages.includes(language) ? [] : [language]
  const named = [...languages, ...unknown].map((tag) => ({
    tag,
    label: languages.includes(tag) ? nameOf(tag) : t('spelling.noDictionary', nameOf(tag)),
  }))
  return [
    { tag: UNSAID, label: t('spelling.asWindow') },
    ...named.sort((a, b) => a.label.localeCompare(b.label)),
    { tag: NO_LANGUAGE, label: t('spelling.notChecked') },
  ]
}

function nameOf(tag: string): string {
  return languageName(tag, spokenLanguage())
}
