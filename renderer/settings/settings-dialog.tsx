import { AppWindow, Folder, Info, Keyboard, type LucideIcon, Type, User, UsersRound, X } from 'lucide-react'
import { Tabs } from 'radix-ui'
import type { ReactNode } from 'react'
import type { LibraryView } from '../../shared/ipc/contract.ts'
import type { Command } from '../commands/command.ts'
import { IconButton } from '../design/icon-button.tsx'
import { Modal } from '../design/modal.tsx'
import { t } from '../strings/t.ts'
import { AboutSection } from './about-section.tsx'
import { PageSection, type SectionProps } from './page-section.tsx'
import { SharingSection } from './sharing-section.tsx'
import { WindowSection } from './window-section.tsx'
import { LibrarySection } from './library-section.tsx'
import { ShortcutsSection } from './shortcuts-section.tsx'
import { YouSection } from './you-section.tsx'

export interface SettingsDialogProps extends SectionProps {
  readonly library: LibraryView
  readonly commands: readonly Command[]
  /** The section that stands open first. */
  readonly section: SettingsSection
  onChooseFolder(): void
  onRecovery(): void
  onRestore(): void
  onFailure(error: unknown): void
  onClose(): void
  readonly onClosed: () => void
}

export type SettingsSection = 'window' | 'page' | 'library' | 'you' | 'sharing' | 'shortcuts' | 'about'

interface Section {
  readonly name: SettingsSection
  readonly label: string
  readonly icon: LucideIcon
  readonly content: ReactNode
}

/** The person's choices. Each applies at once; there is nothing to confirm. */
export function SettingsDialog(props: SettingsDialogProps) {
  const { settings, onChange, library, commands, section, onChooseFolder, onFailure, onClose, onClosed } = props
  const { onRecovery, onRestore } = props
  const sections: readonly Section[] = [
    {
      name: 'window',
      label: t('settings.window'),
      icon: AppWindow,
      content: <WindowSection settings={settings} onChange={onChange} />,
    },
    {
      name: 'page',
      label: t('settings.page'),
      icon: Type,
      content: <PageSection settings={settings} onChange={onChange} />,
    },
    {
      name: 'library',
      label: t('settings.library'),
      icon: Folder,
      content: <LibrarySection library={library} onChooseFolder={onChooseFolder} />,
    },
    {
      name: 'you',
      label: t('settings.you'),
      icon: User,
      content: <YouSection settings={settings} onChange={onChange} />,
    },
    {
      name: 'sharing',
      label: t('settings.sharing'),
      icon: UsersRound,
      content: <SharingSection settings={settings} onChange={onChange} onRecovery={onRecovery} onRestore={onRestore} />,
    },
    {
      name: 'shortcuts',
      label: t('settings.shortcuts'),
      icon: Keyboard,
      content: <ShortcutsSection commands={commands} />,
    },
    { name: 'about', label: t('settings.about'), icon: Info, content: <AboutSection onFailure={onFailure} /> },
  ]

  return (
    <Modal label={t('settings.title')} onClose={onClose} onClosed={onClosed}>
      <Tabs.Root className="settings" orientation="vertical" defaultValue={section}>
        <div className="settings__nav">
          <p className="settings__title" aria-hidden="true">
            {t('settings.title')}
          </p>
          <Tabs.List aria-label={t('settings.sections')}>
            {sections.map(({ name, label, icon: Icon }) => (
              <Tabs.Trigger key={name} value={name} className="place">
                <Icon className="icon" />
                {label}
              </Tabs.Trigger>
            ))}
          </Tabs.List>
        </div>
        {sections.map(({ name, label, content }) => (
          <Tabs.Content key={name} value={name} className="settings__body">
            <div className="settings__head">
              <h3 className="dialog__title grow">{label}</h3>
              <IconButton icon={X} label={t('window.close')} onClick={onClose} />
            </div>
            {content}
          </Tabs.Content>
        ))}
      </Tabs.Root>
    </Modal>
  )
}
