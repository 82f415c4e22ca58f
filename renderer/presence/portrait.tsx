import { initials } from './people-here.ts'
import './presence.css'

export interface PortraitProps {
  readonly name: string
  /** 0 to 7, as the document's people are numbered. */
  readonly color: number
  /** Only a ring of the colour: idle, or not here. */
  readonly outlined: boolean
}

/** A person in two letters and their colour. */
export function Portrait({ name, color, outlined }: PortraitProps) {
  // Letters of the look and no words: the name says who it is.
  return (
    <span
      className={`portrait ${outlined ? 'portrait--outlined' : ''}`}
      data-person={color + 1}
      data-initials={initials(name) || '?'}
      aria-hidden="true"
    />
  )
}
