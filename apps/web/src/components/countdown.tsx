import { duration } from '@app/contract/failure-text'
import { useEffect, useState } from 'react'
import { VisuallyHidden } from './visually-hidden.tsx'
import styles from './countdown.module.css'

interface CountdownProps {
  /** The earliest time of the next try, in milliseconds since 1970. */
  until: number
  /** The page retries without the user. */
  isAutomatic?: boolean
}

const tryAgain = { lead: 'Try again', end: 'You can try again now.' }
const tryingAgain = { lead: 'Trying again', end: 'Trying again…' }

/** Counts down "Try again in 0:42" by seconds, then says that it is time. Sends nothing. */
export function Countdown({ until, isAutomatic = false }: CountdownProps) {
  const [total] = useState(() => secondsTo(until))
  const [left, setLeft] = useState(total)
  useEffect(() => {
    // Reads the clock each time: timers stop while a computer sleeps.
    const timer = setInterval(() => setLeft(secondsTo(until)), 250)
    return () => clearInterval(timer)
  }, [until])
  const { lead, end } = isAutomatic ? tryingAgain : tryAgain
  return (
    <span role="status">
      {left === 0 ? (
        end
      ) : (
        <>
          <span aria-hidden="true" className={styles['clock']}>
            {lead} in {clock(left)}.
          </span>
          <VisuallyHidden>
            {lead} in {duration(spoken(left, total))}.
          </VisuallyHidden>
        </>
      )}
    </span>
  )
}

function secondsTo(moment: number): number {
  return Math.max(0, Math.ceil((moment - Date.now()) / 1_000))
}

/** 42 -> 0:42, 3600 -> 1:00:00 */
function clock(seconds: number): string {
  const [hours, minutes] = [Math.floor(seconds / 3_600), Math.floor(seconds / 60) % 60]
  const two = (part: number) => String(part).padStart(2, '0')
  return `${hours > 0 ? `${hours}:${two(minutes)}` : minutes}:${two(seconds % 60)}`
}

const milestones = [10, 30, 60, 300, 900, 1_800]

/** Returns the time that screen readers announce. It changes rarely, not every second. */
function spoken(left: number, total: number): number {
  return Math.min(total, milestones.find((milestone) => left <= milestone) ?? total)
}
