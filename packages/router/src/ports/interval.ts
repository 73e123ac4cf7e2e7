/** Calls `beat` again and again until it is told to stop. Everything that looks again by itself takes one, so that a test can beat. */
export type Ticker = (beat: () => void) => () => void

/** How often an open stream shows that it is alive, and looks whether its session is. */
export const pulseMs = 15_000

export const systemPulse: Ticker = (beat) => {
  const timer = setInterval(beat, pulseMs)
  return () => clearInterval(timer)
}
