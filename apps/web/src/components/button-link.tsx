import type { ReactNode } from 'react'
import { Link } from 'wouter'

import styles from './button.module.css'

interface ButtonLinkProps {
  href: string
  look?: 'primary' | 'plain'
  children: ReactNode
}

/** A link that looks like a button: it goes somewhere, so it stays a link. */
export function ButtonLink({ href, look = 'plain', children }: ButtonLinkProps) {
  return (
    <Link href={href} className={`${styles['button']} ${styles[look]} ${styles['link']}`}>
      {children}
    </Link>
  )
}
