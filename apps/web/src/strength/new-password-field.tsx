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

/** What to do, as long as there is nothing to judge. */
const advice = 'A few unrelated words are hard to guess, and easy to keep in mind.'

interface NewPasswordFieldProps extends LabelledFieldProps {
  /** What is known of the person and does not stand in the form. Nobody should choose that. */
  personal?: readonly string[]
}

/**
 * A password that is being chosen, with a word about how hard it is to guess. The server has the last word.
 */
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

/**
 * It has its height from the beginning, whatever it will say: nothing below it moves while somebody types.
 */
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
