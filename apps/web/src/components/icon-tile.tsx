import type { LucideIcon } from 'lucide-react'
import { Icon } from './icon.tsx'
import styles from './icon-tile.module.css'

interface IconTileProps {
  icon: LucideIcon
  /** Default: neutral. The text of the row must say the same as the colour. */
  tone?: 'neutral' | 'accent' | 'success' | 'warning' | 'danger'
}

/** Renders an icon on a tile of 32 px, at the start of a row. */
export function IconTile({ icon, tone = 'neutral' }: IconTileProps) {
  return (
    <span className={`${styles['tile']} ${styles[tone]}`}>
      <Icon icon={icon} size="small" />
    </span>
  )
}
