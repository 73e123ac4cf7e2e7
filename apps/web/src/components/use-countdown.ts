import { duration } from '@app/contract/failure-text'
import { useEffect, useState } from 'react'

interface Countdown {
  /** The time left, in seconds. */
  left: number
  /** The time left for eyes, such as 0:42 or 1:00:00. */
  clock: string
  /** The time left for screen readers. It changes rarely, not every second. */
  spoken: string
}

/** Counts down by seconds. @param until the end, in milliseconds since 1970; undefined: at its end */
export function useCountdown(until: number | undefined): Countdown {
  const [count, setCount] = useState(() => startOf(until))
  if (count.until !== until) setCount(startOf(until))
  const isOver = count.left === 0
  useEffect(() => {
    if (isOver) return
    // Reads the clock each time: timers stop while a computer sleeps.
    const timer = setInterval(() => setCount((now) => ({ ...now, left: secondsTo(now.until) })), 250)
    return () => clearInterval(timer)
  }, [until, isOver])
  const { left, total } = count
  return { left, clock: clockOf(left), spoken: duration(spoken(left, total)) }
}

function startOf(until: number | undefined) {
  const total = secondsTo(until)
  return { until, total, left: total }
}

function secondsTo(moment: number | undefined): number {
  return moment === undefined ? 0 : Math.max(0, Math.ceil((moment - Date.now()) / 1_000))
}

/** 42 -> 0:42, 3600 -> 1:00:00 */
function clockOf(seconds: number): string {
  const [hours, minutes] = [Math.floor(seconds / 3_600), Math.floor(seconds / 60) % 60]
  const two = (part: number) => String(part).padStart(2, '0')
  return `${hours > 0 ? `${hours}:${two(minutes)}` : minutes}:${two(seconds % 60)}`
}

const milestones = [10, 30, 60, 300, 900, 1_800]

function spoken(left: number, total: number): number {
  return Math.min(total, milestones.find((milestone) => left <= milestone) ?? total)
}
