import { useEffect, useRef } from 'react'

import styles from './form-alert.module.css'

interface FormAlertProps {
  problem: string | undefined
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
      {problem}
    </div>
  )
}
