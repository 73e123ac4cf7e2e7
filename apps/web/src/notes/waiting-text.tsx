import { Countdown } from '../components/countdown.tsx'

interface WaitingTextProps {
  message: string
  /** Milliseconds since 1970; null: in a moment. */
  retryAt: number | null
}

/** Why a text is not saved, and when that is tried again. */
export function WaitingText({ message, retryAt }: WaitingTextProps) {
  return (
    <>
      {message} {retryAt === null ? 'Trying again…' : <Countdown key={retryAt} until={retryAt} isAutomatic />}
    </>
  )
}
