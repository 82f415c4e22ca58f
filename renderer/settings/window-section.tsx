import type { Density, FocusMode, Theme } from '../../shared/ipc/contract.ts'
import type { LanguageChoice } from '../../shared/languages.ts'
import { keyboard } from '../commands/shortcut.ts'
import { t } from '../strings/t.ts'
import { ChoiceRow } from './choice-row.tsx'
import type { SectionProps } from './page-section.tsx'

/** How the window looks and speaks. A language is named in itself, so that whoever needs it can find it. */
export function WindowSection({ settings, onChange }: SectionProps) {
  return (
    <>
      <ChoiceRow<Theme>
        label={t('settings.theme')}
        value={settings.theme}
        options={[
          ['system', t('settings.asSystem')],
          ['light', t('settings.themeLight')],
          ['dark', t('settings.themeDark')],
        ]}
        onChange={(theme) => onChange({ theme })}
      />
      <ChoiceRow<LanguageChoice>
        label={t('settings.language')}
        value={settings.language}
        options={[
          ['system', t('settings.asSystem')],
          ['en', 'English'],
          ['de', 'Deutsch'],
        ]}
        onChange={(language) => onChange({ language })}
      />
      <ChoiceRow<Density>
        label={t('settings.density')}
        help={t('settings.densityHelp')}
        value={settings.density}
        options={[
          ['comfortable', t('settings.densityComfortable')],
          ['compact', t('settings.densityCompact')],
        ]}
        onChange={(density) => onChange({ density })}
      />
      <ChoiceRow<FocusMode>
        label={t('settings.focus')}
        help={t('settings.focusHelp')}
        value={settings.focus}
        options={[
          ['off', t('settings.off')],
          ['block', t('settings.focusBlock')],
          ['sentence', t('settings.focusSentence')],
        ]}
        onChange={(focus) => onChange({ focus })}
      />
      <ChoiceRow<'on' | 'off'>
        label={t('command.typewriter')}
        help={t('settings.typewriterHelp')}
        value={settings.typewriter ? 'on' : 'off'}
        options={[
          ['off', t('settings.off')],
          ['on', t('settings.on')],
        ]}
        onChange={(typewriter) => onChange({ typewriter: typewriter === 'on' })}
      />
      <ChoiceRow<'on' | 'off'>
        label={t(keyboard === 'mac' ? 'settings.menuBar' : 'settings.tray')}
        help={t('settings.trayHelp')}
        value={settings.tray ? 'on' : 'off'}
        options={[
          ['off', t('settings.off')],
          ['on', t('settings.on')],
        ]}
        onChange={(tray) => onChange({ tray: tray === 'on' })}
      />
    </>
  )
}
