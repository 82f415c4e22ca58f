import { Progress } from 'radix-ui'

export interface ProgressBarProps {
  /** What is being done, for everyone. */
  readonly label: string
  readonly done: number
  readonly all: number
}

/** How far long work is, as words and as a bar. */
export function ProgressBar({ label, done, all }: ProgressBarProps) {
  const share = all === 0 ? 0 : Math.round((100 * done) / all)
  return (
    <div className="progress">
      <p className="progress__label" role="status">
        {label}
      </p>
      <Progress.Root className="progress__track" aria-label={label} value={share}>
        <Progress.Indicator className="progress__bar" style={{ inlineSize: `${share}%` }} />
      </Progress.Root>
    </div>
  )
}
