import { supportsPasskeys } from './proof/webauthn.ts'
import styles from './other-ways.module.css'

/** Keeps the space of the other ways until they are known, so that nothing below them moves. */
export function OtherWaysSpace() {
  return supportsPasskeys() && <div className={styles['space']} />
}
