import { useEffect, useState } from 'react'

const pauseMs = 250

/** A text that is being typed, as it was at the last short pause: so that not every letter asks the server. */
export function useRested(text: string): string {
  const [rested, setRested] = useState(text)
  useEffect(() => {
    const timer = setTimeout(() => setRested(text), pauseMs)
    return () => clearTimeout(timer)
  }, [text])
  return rested
}
