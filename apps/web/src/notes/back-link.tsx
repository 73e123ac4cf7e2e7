import { Link } from 'wouter'
import { cameFromList } from './list-place.ts'
import styles from './note-editor.module.css'

/**
 * Back to the list as it was left, with its search and its place, when that is where the person came from.
 */
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
