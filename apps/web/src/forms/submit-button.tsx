import { Button } from '../components/button.tsx'
import { useCountdown } from '../components/use-countdown.ts'
import { VisuallyHidden } from '../components/visually-hidden.tsx'
import styles from './submit-button.module.css'

interface SubmitButtonProps {
  label: string
  look: 'primary' | 'danger'
  pending: boolean
  /** The earliest time of the next try, in milliseconds since 1970. */
  retryAt: number | undefined
}

/** Renders the submit button of a form. While the user has to wait, it shows how long. */
export function SubmitButton({ label, look, pending, retryAt }: SubmitButtonProps) {
  const { left, clock, spoken } = useCountdown(retryAt)
  return (
    <Button type="submit" look={look} pending={pending} unavailable={left > 0}>
      {left === 0 ? (
        <span key="label">{label}</span>
      ) : (
        <span key="wait">
          <span aria-hidden="true" className={styles['clock']}>{`Try again in ${clock}`}</span>
          {/* Changes rarely, so that screen readers do not read the focused button every second. */}
          <VisuallyHidden>{`Try again in ${spoken}`}</VisuallyHidden>
        </span>
      )}
    </Button>
  )
}
