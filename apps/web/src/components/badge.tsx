import type { ReactNode } from 'react'
import { toneClass } from './tone.ts'
import type { Tone } from './tone.ts'
import styles from './badge.module.css'

interface BadgeProps {
  /** Default: neutral. */
  tone?: Tone
  children: ReactNode
}

/** Renders a short state or role beside a name. */
export function Badge({ tone = 'neutral', children }: BadgeProps) {
  return <span className={`${styles['badge']} ${toneClass(tone)}`}>{children}</span>
}
