import { CircleDot, CircleOff, LoaderCircle, TriangleAlert } from 'lucide-react'
import { unreachable } from '../../../shared/errors.ts'
import type { WayView } from '../../../shared/ipc/together.ts'
import { t } from '../../strings/t.ts'
import { whyNotThatWay } from '../why-not-words.ts'

/** How a way to the others is doing, in words and a sign; when it does not work, why, what is safe and what to do. */
export function WayStatus({ way }: { readonly way: WayView }) {
  if (way.state === 'problem' && way.problem !== null) {
    const { happened, todo } = whyNotThatWay(way.way, way.problem)
    return (
      <div className="way way--problem" role="status">
        <TriangleAlert className="icon icon--small" />
        <p>
          {happened} {todo} {t('way.safe')}
        </p>
      </div>
    )
  }
  const { icon: Icon, words } = wayWords(way)
  return (
    <div className={`way way--${way.state}`} role="status">
      <Icon className="icon icon--small" />
      <p>{words}</p>
    </div>
  )
}

/** One short phrase for a way and its state. */
export function wayWords({ way, state, peers, problem }: WayView) {
  switch (state) {
    case 'off':
      return { icon: CircleOff, words: t('way.off') }
    case 'looking':
      return { icon: LoaderCircle, words: t(way === 'relay' ? 'ways.checking' : 'way.looking') }
    case 'connected':
      return { icon: CircleDot, words: way === 'lan' && peers > 0 ? t('way.connectedTo', peers) : t('way.connected') }
    case 'problem':
      return { icon: TriangleAlert, words: problem === null ? t('way.looking') : whyNotThatWay(way, problem).happened }
    default:
      return unreachable(state)
  }
}
