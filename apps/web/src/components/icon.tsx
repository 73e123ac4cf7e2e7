import type { ComponentType } from 'react'
import styles from './icon.module.css'

/** An icon of Lucide, or the mark of a company. */
export type IconShape = ComponentType<{ className?: string; strokeWidth?: number; 'aria-hidden'?: 'true' }>

interface IconProps {
  icon: IconShape
  /** Default: `normal`, 20 px beside text of 16 px. `small` is 16 px, `large` 24 px. */
  size?: 'small' | 'normal' | 'large'
}

/** Renders an icon in the colour of the text. Screen readers ignore it. */
export function Icon({ icon: Shape, size = 'normal' }: IconProps) {
  return <Shape className={`${styles['icon']} ${styles[size]}`} strokeWidth={1.75} aria-hidden="true" />
}
