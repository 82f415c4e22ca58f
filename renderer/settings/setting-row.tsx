import type { ReactNode } from 'react'

export interface SettingRowProps {
  readonly label: string
  readonly help?: string
  /** Id for the label, where the control names itself by it. */
  readonly labelId?: string
  readonly children: ReactNode
}

/** One choice: what it is at the left, the control at the right. */
export function SettingRow({ label, help, labelId, children }: SettingRowProps) {
  return (
    <div className="setting">
      <div className="setting__label">
        <span id={labelId}>{label}</span>
        {help && <p>{help}</p>}
      </div>
      <div>{children}</div>
    </div>
  )
}
