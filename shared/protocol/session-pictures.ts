/** Pictures in a session: what is wanted and what came is told; it is for others to find and to keep them. */
import { put } from './pieces.ts'
import type { PictureFrame } from './session-state.ts'
import type { Turn } from './turn.ts'

export function hearOfPictures(turn: Turn, frame: PictureFrame): void {
  if (frame.op === 'want') return turn.tell({ kind: 'wanted', ids: frame.ids })
  const { box, envelope: sealed } = put(turn.setting.suite, turn.state.pictures, frame)
  turn.change({ pictures: box })
  if (sealed !== null) turn.tell({ kind: 'picture', sealed })
}
