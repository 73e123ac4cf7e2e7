import type { Message } from '../api/failure-text.ts'
import { Countdown } from './countdown.tsx'

/** Renders a message, with a countdown if the user has to wait. */
export function MessageText({ message }: { message: Message }) {
  if (typeof message === 'string') return message
  const { text, retryAt } = message
  return (
    <>
      {text} <Countdown key={retryAt} until={retryAt} />
    </>
  )
}
