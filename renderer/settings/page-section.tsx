import { RadioGroup, Slider } from 'radix-ui'
import type { Measure, Settings, Spacing, TextFace } from '../../shared/ipc/contract.ts'
import { t } from '../strings/t.ts'
import { ChoiceRow } from './choice-row.tsx'
import { SettingRow } from './setting-row.tsx'
import { TEXT_SIZES } from './text-sizes.ts'

export interface SectionProps {
  readonly settings: Settings
  onChange(patch: Partial<Settings>): void
}

/** How the words on the page look. */
export function PageSection({ settings, onChange }: SectionProps) {
  const faces: readonly (readonly [TextFace, string, string])[] = [
    ['literata', 'Literata', t('settings.faceLiterata')],
    ['source-serif', 'Source Serif', t('settings.faceSourceSerif')],
    ['inter', 'Inter', t('settings.faceInter')],
  ]

  return (
    <>
      <SettingRow label={t('settings.face')} help={t('settings.faceHelp')}>
        <RadioGroup.Root
          className="faces"
          aria-label={t('settings.face')}
          value={settings.textFace}
          onValueChange={(textFace) => onChange({ textFace: textFace as TextFace })}
        >
          {faces.map(([face, name, help]) => (
            <RadioGroup.Item key={face} value={face} className={`face face--${face}`}>
              <b>{name}</b>
              <span className="small quiet">{help}</span>
            </RadioGroup.Item>
          ))}
        </RadioGroup.Root>
      </SettingRow>
      <SettingRow label={t('settings.size')}>
        <div className="setting__row">
          <Slider.Root
            className="slider"
            min={TEXT_SIZES.least}
            max={TEXT_SIZES.most}
            value={[settings.textSize]}
            onValueChange={([textSize]) => textSize !== undefined && onChange({ textSize })}
          >
            <Slider.Track className="slider__track">
              <Slider.Range className="slider__range" />
            </Slider.Track>
            <Slider.Thumb
              className="slider__thumb"
              aria-label={t('settings.size')}
              aria-valuetext={t('settings.sizeValue', settings.textSize)}
            />
          </Slider.Root>
          <span className="setting__value">{settings.textSize}</span>
        </div>
      </SettingRow>
      <ChoiceRow<Measure>
        label={t('settings.measure')}
        value={settings.measure}
        options={[
          ['narrow', t('settings.measureNarrow')],
          ['medium', t('settings.measureMedium')],
          ['wide', t('settings.measureWide')],
        ]}
        onChange={(measure) => onChange({ measure })}
      />
      <ChoiceRow<Spacing>
        label={t('settings.spacing')}
        value={settings.spacing}
        options={[
          ['tight', t('settings.spacingTight')],
          ['normal', t('settings.spacingNormal')],
          ['open', t('settings.spacingOpen')],
        ]}
        onChange={(spacing) => onChange({ spacing })}
      />
      <ChoiceRow<'on' | 'off'>
        label={t('settings.spelling')}
        help={t('settings.spellingHelp')}
        value={settings.spelling ? 'on' : 'off'}
        options={[
          ['off', t('settings.off')],
          ['on', t('settings.on')],
        ]}
        onChange={(spelling) => onChange({ spelling: spelling === 'on' })}
      />
      <div className="specimen">
        <p className="small quiet">{t('settings.specimen')}</p>
        <p className="specimen__text">{t('settings.specimenText')}</p>
      </div>
    </>
  )
}
