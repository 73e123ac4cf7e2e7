import type { Message } from '../api/failure-text.ts'
import { Countdown } from './countdown.tsx'

interface MessageTextProps {
  message: Message
  /** Another element shows how long the user has to wait. */
  hidesClock?: boolean
}

/** Renders a message, with a countdown if the user has to wait. */
export function MessageText({ message, hidesClock = false }: MessageTextProps) {
  if (typeof message === 'string') return message
  const { text, retryAt } = message
  return (
    <>
      {text} <Countdown key={retryAt} until={retryAt} hidesClock={hidesClock} />
    </>
  )
}
