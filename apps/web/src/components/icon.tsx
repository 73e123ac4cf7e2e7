import type { LucideIcon } from 'lucide-react'
import styles from './icon.module.css'

interface IconProps {
  icon: LucideIcon
  /** Default: `normal`, 20 px beside text of 16 px. `small` is 16 px, `large` 24 px. */
  size?: 'small' | 'normal' | 'large'
}

/** Renders an icon of Lucide in the colour of the text. Screen readers ignore it. */
export function Icon({ icon: Shape, size = 'normal' }: IconProps) {
  return <Shape className={`${styles['icon']} ${styles[size]}`} strokeWidth={1.75} aria-hidden="true" />
}
