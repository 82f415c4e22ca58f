import { Files, Folder } from 'lucide-react'
import type { CSSProperties } from 'react'
import { t } from '../strings/t.ts'
import type { FolderPlace } from './folders.ts'
import type { LibraryPlace } from './library-place.ts'

export interface PlacesProps {
  readonly all: number
  readonly folders: readonly FolderPlace[]
  readonly place: LibraryPlace
  onPlace(place: LibraryPlace): void
}

/** Where the list can look: everything, or one folder. */
export function Places({ all, folders, place, onPlace }: PlacesProps) {
  return (
    <ul className="places" aria-label={t('library.places')}>
      <li>
        <button
          type="button"
          className="place"
          aria-current={place.kind === 'all' ? 'true' : undefined}
          onClick={() => onPlace({ kind: 'all' })}
        >
          <Files className="icon" />
          <span className="clip">{t('library.all')}</span>
          <span className="place__count">{all}</span>
        </button>
      </li>
      {folders.map(({ folder, name, depth, count }) => (
        <li key={folder}>
          <button
            type="button"
            className="place place--inner"
            style={{ '--depth': depth } as CSSProperties}
            aria-current={place.kind === 'folder' && place.folder === folder ? 'true' : undefined}
            title={folder}
            onClick={() => onPlace({ kind: 'folder', folder })}
          >
            <Folder className="icon" />
            <span className="clip">{name}</span>
            <span className="place__count">{count}</span>
          </button>
        </li>
      ))}
    </ul>
  )
}
