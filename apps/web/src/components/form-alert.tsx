import { useEffect, useRef } from 'react'

import type { Message } from '../failure-sentence.ts'
import styles from './form-alert.module.css'
import { MessageText } from './message-text.tsx'

interface FormAlertProps {
  problem: Message | undefined
}

/**
 * The one summary of what went wrong with a form as a whole. It takes the focus, so that nobody has to look for it.
 * The box is new for every failure (the form empties it before each attempt), so the same sentence is told again.
 */
export function FormAlert({ problem }: FormAlertProps) {
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (problem !== undefined) box.current?.focus()
  }, [problem])
  if (problem === undefined) return null
  return (
    <div ref={box} role="alert" tabIndex={-1} className={styles['alert']}>
      <MessageText message={problem} />
    </div>
  )
}
