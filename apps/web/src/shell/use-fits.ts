import { useLayoutEffect, useState } from 'react'
import type { RefObject } from 'react'

/**
 * Returns whether the content of an element fits in its width. It is measured before the first paint, and
 * again when the element or a child changes its size because of a window, a zoom, a font or a translation.
 * @param count the number of children; a change measures again
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
