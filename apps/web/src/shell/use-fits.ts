import { useLayoutEffect, useState } from 'react'
import type { RefObject } from 'react'

/**
 * Tells whether the content of an element fits in its width. Measured before the first paint, and again when
 * the element or one of its children changes its size: a window, a zoom, a font, a translated word.
 * @param count of children: another count is measured again
 */
export function useFits(element: RefObject<HTMLElement | null>, count: number): boolean {
  const [fits, setFits] = useState(true)
  useLayoutEffect(() => {
    const measured = element.current
    if (measured === null) return
    const measure = () => setFits(measured.scrollWidth <= measured.clientWidth)
    const observer = new ResizeObserver(measure)
    observer.observe(measured)
    for (const child of measured.children) observer.observe(child)
    measure()
    return () => observer.disconnect()
  }, [element, count])
  return fits
}
