import { ArrowLeft } from 'lucide-react'
import { Link } from 'wouter'
import { Icon } from '../components/icon.tsx'
import { cameFromList } from './list-position.ts'
import styles from './note-editor.module.css'

/** Returns to the list with its search and scroll position, if the user came from there. */
export function BackLink() {
  return (
    <Link
      href="/"
      className={styles['back']}
      onClick={(event) => {
        if (!cameFromList()) return
        event.preventDefault()
        window.history.back()
      }}
    >
      <Icon icon={ArrowLeft} size="small" />
      All notes
    </Link>
  )
}
