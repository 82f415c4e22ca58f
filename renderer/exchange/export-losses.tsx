import { useEffect, useState } from 'react'
import type { OfferedFormat } from '../../shared/exchange/formats.ts'
import type { DocumentId } from '../../shared/ids.ts'
import type { SheafApi } from '../sheaf-api.ts'
import { t } from '../strings/t.ts'

export interface ExportLossesProps {
  readonly api: SheafApi
  readonly documentId: DocumentId
  readonly format: OfferedFormat
}

/** What the chosen format can't hold of this very document, said before anything is written. */
export function ExportLosses({ api, documentId, format }: ExportLossesProps) {
  const [known, setKnown] = useState<{ format: OfferedFormat; losses: readonly string[] } | null>(null)
  const [problem, setProblem] = useState('')

  useEffect(() => {
    let wanted = true
    api
      .call('document.losses', documentId, format)
      .then((losses) => wanted && setKnown({ format, losses }))
      .catch((error: unknown) => wanted && setProblem(error instanceof Error ? error.message : String(error)))
    return () => {
      wanted = false
    }
  }, [api, documentId, format])

  const losses = known?.format === format ? known.losses : null
  return (
    <div className="losses" aria-live="polite">
      {problem !== '' && <p>{problem}</p>}
      {losses?.length === 0 && <p>{t('export.holdsAll')}</p>}
      {losses !== null && losses.length > 0 && (
        <>
          <p className="losses__title">{t('export.losses', t(`format.${format}`))}</p>
          <ul>
            {losses.map((loss) => (
              <li key={loss}>{capitalised(loss)}</li>
            ))}
          </ul>
        </>
      )}
      {losses !== null && <p>{t('export.history')}</p>}
    </div>
  )
}

function capitalised(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1)
}
