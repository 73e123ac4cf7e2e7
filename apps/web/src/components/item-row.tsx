import type { ReactNode } from 'react'
import styles from './item-list.module.css'

interface ItemRowProps {
  /** An `IconTile` or an `Avatar`. */
  lead?: ReactNode
  title: ReactNode
  /** Whether the title is a heading, for lists that users move through by heading. Default: false. */
  heading?: boolean
  /** The id of the title, which names the row elsewhere. */
  titleId?: string
  badges?: ReactNode
  /** A soft line below the title. Each child is separated from the next one. */
  detail?: ReactNode
  /** A short text at the end of the row, often a time. Below the text on a narrow screen. */
  note?: ReactNode
  /** A button or a menu. */
  action?: ReactNode
  /** The action is below the text on a narrow screen. */
  actionBelow?: boolean
  /** Shown below the row: a failure, or more about the item. */
  children?: ReactNode
}

/** Renders one item of an `ItemList`. */
export function ItemRow({
  lead,
  title,
  heading = false,
  titleId,
  badges,
  detail,
  note,
  action,
  actionBelow = false,
  children,
}: ItemRowProps) {
  const Title = heading ? 'h2' : 'div'
  return (
    <div className={styles['row']}>
      {lead !== undefined && <div className={styles['lead']}>{lead}</div>}
      <div className={styles['text']}>
        <div className={styles['head']}>
          <Title id={titleId} className={styles['title']}>
            {title}
          </Title>
          {badges}
        </div>
        {detail !== undefined && <div className={styles['detail']}>{detail}</div>}
      </div>
      {note !== undefined && <div className={styles['note']}>{note}</div>}
      {action !== undefined && (
        <div className={`${styles['action']} ${actionBelow ? styles['below-text'] : ''}`}>{action}</div>
      )}
      {children !== undefined && <div className={styles['below']}>{children}</div>}
    </div>
  )
}
