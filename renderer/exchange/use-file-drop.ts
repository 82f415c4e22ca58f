/** Files dropped on a window, wherever they fall; pictures that fall on the page are the page's. */
import { useEffect, useState } from 'react'

/** Hands dropped files over. Answers whether files are being dragged over the window now. */
export function useFileDrop(onFiles: (files: readonly File[]) => void): boolean {
  const [over, setOver] = useState(false)

  useEffect(() => {
    const onDragOver = (event: DragEvent) => {
      const ours = isOurs(event)
      setOver(ours)
      if (!ours) return
      event.preventDefault()
      event.stopPropagation()
      if (event.dataTransfer !== null) event.dataTransfer.dropEffect = 'copy'
    }
    const onDragLeave = (event: DragEvent) => {
      // Left for nothing else in the window.
      if (event.relatedTarget === null) setOver(false)
    }
    const onDrop = (event: DragEvent) => {
      setOver(false)
      if (!isOurs(event)) return
      event.preventDefault()
      event.stopPropagation()
      const files = Array.from(event.dataTransfer?.files ?? [])
      if (files.length > 0) onFiles(files)
    }
    const options = { capture: true }
    window.addEventListener('dragenter', onDragOver, options)
    window.addEventListener('dragover', onDragOver, options)
    window.addEventListener('dragleave', onDragLeave, options)
    window.addEventListener('drop', onDrop, options)
    return () => {
      window.removeEventListener('dragenter', onDragOver, options)
      window.removeEventListener('dragover', onDragOver, options)
      window.removeEventListener('dragleave', onDragLeave, options)
      window.removeEventListener('drop', onDrop, options)
    }
  }, [onFiles])

  return over
}

function isOurs({ dataTransfer, target }: DragEvent): boolean {
  if (dataTransfer === null || !dataTransfer.types.includes('Files')) return false
  const items = Array.from(dataTransfer.items).filter(({ kind }) => kind === 'file')
  const pictures = items.length > 0 && items.every(({ type }) => type.startsWith('image/'))
  return !(pictures && target instanceof Element && target.closest('.prose') !== null)
}
