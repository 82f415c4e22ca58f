import { FolderOpen } from 'lucide-react'
import type { LibraryView } from '../../shared/ipc/contract.ts'
import { t } from '../strings/t.ts'
import { SettingRow } from './setting-row.tsx'

export interface LibrarySectionProps {
  readonly library: LibraryView
  onChooseFolder(): void
}

/** Where the documents are. */
export function LibrarySection({ library, onChooseFolder }: LibrarySectionProps) {
  return (
    <SettingRow label={t('settings.folder')} help={t('settings.folderHelp')}>
      <div className="setting__row">
        <div className="grow">
          <p className="strong">{library.name}</p>
          <p className="small quiet setting__path">{library.path}</p>
        </div>
        <button type="button" className="button" onClick={onChooseFolder}>
          <FolderOpen className="icon" />
          {t('settings.chooseFolder')}
        </button>
      </div>
    </SettingRow>
  )
}
