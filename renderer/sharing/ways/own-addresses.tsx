import { useEffect, useState } from 'react'
import { failureText } from '../../notices/notice-board.ts'
import { t } from '../../strings/t.ts'

export interface OwnAddressesProps {
  /** Asked once. */
  ask(): Promise<readonly string[]>
}

/** Where others find this computer, to be read out to them when they don't find it by themselves. */
export function OwnAddresses({ ask }: OwnAddressesProps) {
  const [addresses, setAddresses] = useState<readonly string[]>([])
  const [problem, setProblem] = useState('')
  useEffect(() => {
    let isShown = true
    ask().then(
      (told) => isShown && setAddresses(told),
      (cause: unknown) => isShown && setProblem(failureText(cause)),
    )
    return () => {
      isShown = false
    }
  }, [ask])
  if (problem !== '') return <p className="small relay__bad">{problem}</p>
  if (addresses.length === 0) return null
  // Easier to read out, where there is one.
  const short = addresses.filter((address) => !address.startsWith('['))
  return (
    <p className="small quiet ways__address">
      {t('ways.own')} <span className="ways__own">{(short.length > 0 ? short : addresses).join(', ')}</span>
    </p>
  )
}
