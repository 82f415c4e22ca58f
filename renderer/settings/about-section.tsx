import { useEffect, useState } from 'react'
import { useSheaf } from '../sheaf-api.ts'
import { t } from '../strings/t.ts'
import { SettingRow } from './setting-row.tsx'

export interface AboutSectionProps {
  onFailure(error: unknown): void
}

/** Which Sheaf this is: what one is asked for when one asks for help. */
export function AboutSection({ onFailure }: AboutSectionProps) {
  const api = useSheaf()
  const [about, setAbout] = useState<{ version: string; electron: string; platform: string } | null>(null)
  useEffect(() => {
    api.call('app.about').then(setAbout, onFailure)
  }, [api, onFailure])

  return (
    <>
      <SettingRow label={t('settings.version')}>
        <span className="setting__path">{about && `Sheaf ${about.version}`}</span>
      </SettingRow>
      <SettingRow label={t('settings.runtime')}>
        <span className="setting__path">{about && `Electron ${about.electron}, ${about.platform}`}</span>
      </SettingRow>
      <p className="specimen quiet">{t('settings.aboutText')}</p>
    </>
  )
}
