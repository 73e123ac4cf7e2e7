import type { LabelledFieldProps } from '../forms/labelled-field.tsx'
import { PasswordField } from '../forms/password-field.tsx'
import type { Score, Strength } from './strength.ts'
import { useStrength } from './use-strength.ts'
import styles from './new-password-field.module.css'

const verdicts: Readonly<Record<Score, string>> = {
  0: 'Very easy to guess.',
  1: 'Easy to guess.',
  2: 'Could be harder to guess.',
  3: 'Hard to guess.',
  4: 'Very hard to guess.',
}

/** Shown while the field is empty, and if the strength is unknown. */
const advice = 'A few unrelated words are hard to guess, and easy to keep in mind.'

/** Shown for a password that is not among the most common ones, until all words are loaded. */
const checking = 'Checking how hard it is to guess.'

interface NewPasswordFieldProps extends LabelledFieldProps {
  /** Words about the user that are not in the form. A password should not contain them. */
  personal?: readonly string[]
  /** Takes the focus when it appears. */
  focused?: boolean
}

/** Renders a field for a new password with a strength hint. The server decides. */
export function NewPasswordField({ personal, ...field }: NewPasswordFieldProps) {
  const [strength, judge] = useStrength(personal)
  return (
    <PasswordField
      {...field}
      autoComplete="new-password"
      onInput={judge}
      below={<StrengthHint strength={strength} />}
    />
  )
}

/** Renders the hint at its full height, so that nothing below moves while the user types. */
function StrengthHint({ strength }: { strength: Strength | null }) {
  const rated = strength?.status === 'rated' ? strength : null
  return (
    <div className={styles['strength']} data-score={rated?.score}>
      <div className={styles['bar']} aria-hidden="true" />
      <p className={styles['words']} aria-live="polite">
        {rated === null ? (
          <span key={strength?.status}>{strength?.status === 'checking' ? checking : advice}</span>
        ) : (
          <>
            <strong>{verdicts[rated.score]}</strong> {rated.reason}
          </>
        )}
      </p>
    </div>
  )
}
