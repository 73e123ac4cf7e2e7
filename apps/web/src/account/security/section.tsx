import { useId } from 'react'
import type { ReactNode } from 'react'
import styles from './security.module.css'

interface SectionProps {
  heading: string
  /** One sentence that says what it is for. */
  lead: string
  /** A button beside the heading. */
  action?: ReactNode
  children: ReactNode
}

/** Renders a part of the Security page: heading, one sentence, and a list. */
export function Section({ heading, lead, action, children }: SectionProps) {
  const headingId = useId()
  return (
    <section className={styles['section']} aria-labelledby={headingId}>
      <div className={styles['head']}>
        <h2 id={headingId}>{heading}</h2>
        <p className={styles['lead']}>{lead}</p>
        {action}
      </div>
      {children}
    </section>
  )
}
