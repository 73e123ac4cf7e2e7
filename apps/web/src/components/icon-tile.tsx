import { Icon } from './icon.tsx'
import type { IconShape } from './icon.tsx'
import { toneClass } from './tone.ts'
import type { Tone } from './tone.ts'
import styles from './icon-tile.module.css'

interface IconTileProps {
  icon: IconShape
  /** Default: neutral. */
  tone?: Tone
}

/** Renders an icon on a tile of 32 px, at the start of a row. */
export function IconTile({ icon, tone = 'neutral' }: IconTileProps) {
  return (
    <span className={`${styles['tile']} ${toneClass(tone)}`}>
      <Icon icon={icon} size="small" />
    </span>
  )
}
