import { type FormEvent, useState } from 'react'
import { t } from '../../strings/t.ts'
import { takeFocus } from '../take-focus.ts'

export interface RecoveryCheckProps {
  readonly words: readonly string[]
  onRight(): void
  onSeeAgain(): void
}

/** Two of the words, asked for by their numbers. */
export function RecoveryCheck({ words, onRight, onSeeAgain }: RecoveryCheckProps) {
  const [asked] = useState(() => twoOf(words.length, Math.random))
  const [typed, setTyped] = useState<readonly string[]>(['', ''])
  const [wrong, setWrong] = useState(false)

  const check = (event: FormEvent) => {
    event.preventDefault()
    const right = asked.every((at, index) => typed[index]?.trim().toLowerCase() === words[at])
    setWrong(!right)
    if (right) onRight()
  }

  return (
    <form onSubmit={check} noValidate>
      <div className="joining__body">
        <p>{t('recovery.checkText')}</p>
        {asked.map((at, index) => (
          <label key={at} className="labelled">
            {t('recovery.word', at + 1)}
            <span className="field">
              <input
                value={typed[index]}
                spellCheck={false}
                autoComplete="off"
                autoCapitalize="off"
                ref={index === 0 ? takeFocus : null}
                onChange={(event) =>
                  setTyped(typed.map((each, place) => (place === index ? event.target.value : each)))
                }
              />
            </span>
          </label>
        ))}
        {wrong && (
          <p className="joining__bad" role="alert">
            {t('recovery.wrong')}
          </p>
        )}
      </div>
      <div className="joining__foot">
        <button type="button" className="button" onClick={onSeeAgain}>
          {t('recovery.seeAgain')}
        </button>
        <button type="submit" className="button button--primary">
          {t('recovery.check')}
        </button>
      </div>
    </form>
  )
}

/** Two different places among `count`, in their order. */
export function twoOf(count: number, random: () => number): readonly number[] {
  const first = Math.floor(random() * count)
  const second = (first + 1 + Math.floor(random() * (count - 1))) % count
  return [first, second].sort((a, b) => a - b)
}
