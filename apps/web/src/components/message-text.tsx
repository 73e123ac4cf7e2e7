import type { Message } from '../api/failure-text.ts'
import { Countdown } from './countdown.tsx'

/** A message to the user; a wait counts down. */
export function MessageText({ message }: { message: Message }) {
  if (typeof message === 'string') return message
  const { text, retryAt } = message
  return (
    <>
      {text} <Countdown key={retryAt} until={retryAt} />
    </>
  )
}
