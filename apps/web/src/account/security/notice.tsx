import { TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import type { Message } from '../../api/failure-text.ts'
import { FormAlert } from '../../components/form-alert.tsx'
import { Icon } from '../../components/icon.tsx'
import styles from './security.module.css'

interface NoticeProps {
  children: ReactNode
  /** A button that does what the notice asks for. */
  action?: ReactNode
  /** Shown below, when the action failed. */
  problem?: Message | undefined
}

/** Renders something that the user should do, above the sections. */
export function Notice({ children, action, problem }: NoticeProps) {
  return (
    <div className={styles['notice']}>
      <Icon icon={TriangleAlert} />
      <p>{children}</p>
      {action !== undefined && <div className={styles['notice-action']}>{action}</div>}
      {problem !== undefined && (
        <div className={styles['notice-problem']}>
          <FormAlert problem={problem} />
        </div>
      )}
    </div>
  )
}
