import { useEffect, useState } from 'react'

const pauseMs = 250

/** Returns the typed text after a pause of 250 ms, so that not every letter calls the server. */
export function useDebounced(text: string): string {
  const [debounced, setDebounced] = useState(text)
  useEffect(() => {
    const timer = setTimeout(() => setDebounced(text), pauseMs)
    return () => clearTimeout(timer)
  }, [text])
  return debounced
}
