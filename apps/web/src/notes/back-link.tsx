import { Link } from 'wouter'
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
      ← All notes
    </Link>
  )
}
