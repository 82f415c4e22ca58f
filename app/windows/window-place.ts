/** Where a window is put: at its remembered place if enough of it can be seen and reached, else on the first screen. */
import type { Bounds } from './desktop-state.ts'

export const SMALLEST = { width: 480, height: 360 } as const
const USUAL = { width: 1180, height: 820 } as const
/** How much of a window's top edge must be on a screen for a person to take hold of it, in pixels. */
const GRIP = { width: 120, height: 24 } as const
/** How far a further window stands from the one before it. */
const STEP = 28

/**
 * The place of a window among the work areas of the screens (the first one is the primary screen).
 * `remembered` is used when its top edge can be reached on a screen; its size is cut to that screen.
 */
export function windowPlace(screens: readonly Bounds[], remembered: Bounds | null, windowsOpen: number): Bounds {
  const primary = screens[0] ?? { x: 0, y: 0, ...USUAL }
  if (remembered !== null) {
    const screen = screens.find((each) => isReachable(remembered, each))
    if (screen !== undefined) return cut(remembered, screen)
  }
  const { width, height } = fitting(remembered ?? USUAL, primary)
  const step = remembered === null ? (windowsOpen % 8) * STEP : 0
  const x = primary.x + Math.min(Math.floor((primary.width - width) / 2) + step, primary.width - width)
  const y = primary.y + Math.min(Math.floor((primary.height - height) / 2) + step, primary.height - height)
  return { x, y, width, height }
}

function isReachable(window: Bounds, screen: Bounds): boolean {
  const overlap = Math.min(window.x + window.width, screen.x + screen.width) - Math.max(window.x, screen.x)
  const top = window.y >= screen.y && window.y + GRIP.height <= screen.y + screen.height
  return top && overlap >= GRIP.width
}

function cut(window: Bounds, screen: Bounds): Bounds {
  return { x: window.x, y: window.y, ...fitting(window, screen) }
}

type Size = Pick<Bounds, 'width' | 'height'>

function fitting(size: Size, screen: Size): Size {
  return {
    width: Math.max(SMALLEST.width, Math.min(size.width, screen.width)),
    height: Math.max(SMALLEST.height, Math.min(size.height, screen.height)),
  }
}
