import type { LucideIcon } from 'lucide-react'

export interface FactsProps {
  /** Each with its icon, what is so, and what that means. */
  readonly facts: readonly (readonly [LucideIcon, string, string])[]
}

/** What something means that is asked about, one thing after the other. */
export function Facts({ facts }: FactsProps) {
  return (
    <ul className="facts">
      {facts.map(([Icon, title, text]) => (
        <li key={title} className="fact">
          <Icon className="icon" />
          <div>
            <p className="strong">{title}</p>
            <p className="quiet">{text}</p>
          </div>
        </li>
      ))}
    </ul>
  )
}
