import { useEffect, useRef, useState } from 'react'
import { t } from '../strings/t.ts'
import type { SectionProps } from './page-section.tsx'
import { SettingRow } from './setting-row.tsx'

/** Longest name, in UTF-16 units. */
const LONGEST_NAME = 80

/** Who writes here. A name is kept when one leaves the field, presses Enter or closes the dialog. */
export function YouSection({ settings, onChange }: SectionProps) {
  const [name, setName] = useState(settings.displayName)
  const keep = useRef(() => {})
  useEffect(() => {
    keep.current = () => {
      const next = name.trim()
      if (next !== '' && next !== settings.displayName) onChange({ displayName: next })
    }
  })
  useEffect(() => () => keep.current(), [])

  return (
    <SettingRow label={t('settings.name')} help={t('settings.nameHelp')}>
      <label className="field">
        <input
          aria-label={t('settings.name')}
          value={name}
          maxLength={LONGEST_NAME}
          autoComplete="off"
          onChange={(event) => setName(event.target.value)}
          onBlur={() => keep.current()}
          onKeyDown={(event) => event.key === 'Enter' && keep.current()}
        />
      </label>
    </SettingRow>
  )
}
