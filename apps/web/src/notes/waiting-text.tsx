import { Countdown } from '../components/countdown.tsx'

interface WaitingTextProps {
  message: string
  /** The time of the retry in milliseconds since 1970; null: soon. */
  retryAt: number | null
}

/** Shows why a text is not saved, and when the save is retried. */
export function WaitingText({ message, retryAt }: WaitingTextProps) {
  return (
    <>
      {message} {retryAt === null ? 'Trying again…' : <Countdown key={retryAt} until={retryAt} isAutomatic />}
    </>
  )
}
