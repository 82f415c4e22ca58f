import encodeQR from 'qr'
import { useMemo } from 'react'

export interface QrCodeProps {
  readonly text: string
  /** What it is, for those who can't see it. */
  readonly label: string
}

/** Empty squares around the code, which cameras need. */
const QUIET = 3

/** A text as a QR code, drawn as one path: black on white in every theme, or cameras don't read it. */
export function QrCode({ text, label }: QrCodeProps) {
  const { size, path } = useMemo(() => {
    const rows = encodeQR(text, 'raw', { ecc: 'medium', border: QUIET })
    const squares = rows.flatMap((row, y) => row.flatMap((dark, x) => (dark ? [`M${x} ${y}h1v1h-1z`] : [])))
    return { size: rows.length, path: squares.join('') }
  }, [text])
  return (
    <svg className="qr" role="img" aria-label={label} viewBox={`0 0 ${size} ${size}`} shapeRendering="crispEdges">
      <path className="qr__paper" d={`M0 0h${size}v${size}h-${size}z`} />
      <path className="qr__ink" d={path} />
    </svg>
  )
}
