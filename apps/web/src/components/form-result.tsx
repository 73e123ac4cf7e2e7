import { useEffect, useRef } from 'react'
import type { ReactNode } from 'react'
import styles from './form-result.module.css'

/** Renders what a form created. It takes the focus. */
export function FormResult({ label, children }: { label: string; children: ReactNode }) {
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => box.current?.focus(), [])
  return (
    <div ref={box} className={styles['result']} role="group" aria-label={label} tabIndex={-1}>
      {children}
    </div>
  )
}
