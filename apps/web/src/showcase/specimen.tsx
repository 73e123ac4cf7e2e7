import type { ReactNode } from 'react'
import styles from './showcase.module.css'

/** Components of one kind, below their name. */
export function Kind({ name, children }: { name: string; children: ReactNode }) {
  return (
    <section className={styles['kind']} aria-label={name}>
      <h2>{name}</h2>
      <div className={styles['specimens']}>{children}</div>
    </section>
  )
}

/** One state of a component, with what it is called. */
export function Specimen({
  name,
  wide = false,
  children,
}: {
  name: string
  wide?: boolean
  children: ReactNode
}) {
  return (
    <figure className={wide ? styles['wide'] : styles['specimen']}>
      <figcaption>{name}</figcaption>
      {children}
    </figure>
  )
}
