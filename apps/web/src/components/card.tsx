import type { ReactNode } from 'react'
import styles from './card.module.css'

interface CardProps {
  /** A card with a heading is a landmark of that name. */
  heading?: string
  children: ReactNode
}

export function Card({ heading, children }: CardProps) {
  if (heading === undefined) return <div className={styles['card']}>{children}</div>
  return (
    <section className={styles['card']} aria-label={heading}>
      <h2 className={styles['heading']}>{heading}</h2>
      {children}
    </section>
  )
}
