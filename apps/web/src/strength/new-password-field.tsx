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

/** Shown while the field is empty. */
const advice = 'A few unrelated words are hard to guess, and easy to keep in mind.'

interface NewPasswordFieldProps extends LabelledFieldProps {
  /** Words about the user that are not in the form. A password should not contain them. */
  personal?: readonly string[]
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
  return (
    <div className={styles['strength']} data-score={strength?.score}>
      <div className={styles['bar']} aria-hidden="true" />
      <p className={styles['words']} aria-live="polite">
        {strength === null ? (
          advice
        ) : (
          <>
            <strong>{verdicts[strength.score]}</strong> {strength.reason}
          </>
        )}
      </p>
    </div>
  )
}
