import { useCountdown } from './use-countdown.ts'
import { VisuallyHidden } from './visually-hidden.tsx'
import styles from './countdown.module.css'

interface CountdownProps {
  /** The earliest time of the next try, in milliseconds since 1970. */
  until: number
  /** The page retries without the user. */
  isAutomatic?: boolean
  /** Another element shows the clock: this one only announces the time and shows the end. */
  hidesClock?: boolean
}

const tryAgain = { lead: 'Try again', end: 'You can try again now.' }
const tryingAgain = { lead: 'Trying again', end: 'Trying again…' }

/** Counts down "Try again in 0:42" by seconds, then says that it is time. Sends nothing. */
export function Countdown({ until, isAutomatic = false, hidesClock = false }: CountdownProps) {
  const { left, clock, spoken } = useCountdown(until)
  const { lead, end } = isAutomatic ? tryingAgain : tryAgain
  return (
    <span role="status">
      {left === 0 ? (
        <span key="end">{end}</span>
      ) : (
        <>
          {!hidesClock && (
            <span aria-hidden="true" className={styles['clock']}>
              {lead} in {clock}.
            </span>
          )}
          <VisuallyHidden>
            {lead} in {spoken}.
          </VisuallyHidden>
        </>
      )}
    </span>
  )
}
