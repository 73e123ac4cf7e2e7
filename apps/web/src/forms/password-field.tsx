import { Eye, EyeOff } from 'lucide-react'
import { useRef, useState } from 'react'
import type { ReactNode } from 'react'
import { Icon } from '../components/icon.tsx'
import { VisuallyHidden } from '../components/visually-hidden.tsx'
import { LabelledField } from './labelled-field.tsx'
import type { LabelledFieldProps } from './labelled-field.tsx'
import { useInitialFocus } from './use-initial-focus.ts'
import styles from './field.module.css'

interface PasswordFieldProps extends LabelledFieldProps {
  autoComplete: 'current-password' | 'new-password'
  /** Takes the focus when it appears. */
  focused?: boolean
  /** Called after every change. */
  onInput?: (control: HTMLInputElement) => void
  /** Shown below the control and its error. */
  below?: ReactNode
}

/**
 * Renders a password field with a button that shows the password, so that no second field has to confirm it
 * (NIST SP 800-63B-4 3.1.1.2).
 */
export function PasswordField({
  autoComplete,
  focused = false,
  onInput,
  below,
  ...field
}: PasswordFieldProps) {
  const [shown, setShown] = useState(false)
  const input = useRef<HTMLInputElement>(null)
  useInitialFocus(input, focused)
  return (
    <LabelledField {...field} below={below}>
      {(control) => (
        <div data-focus-frame className={styles['frame']}>
          <input
            {...control}
            ref={input}
            className={styles['inner']}
            type={shown ? 'text' : 'password'}
            // Not `auto`: the side of the dots would tell which script a password has.
            dir="ltr"
            autoComplete={autoComplete}
            autoCapitalize="none"
            autoCorrect="off"
            spellCheck={false}
            aria-required
            onInput={(event) => onInput?.(event.currentTarget)}
          />
          <button type="button" className={styles['button']} onClick={() => setShown(!shown)}>
            <Icon icon={shown ? EyeOff : Eye} />
            <VisuallyHidden>{`${shown ? 'Hide' : 'Show'} ${field.label.toLowerCase()}`}</VisuallyHidden>
          </button>
        </div>
      )}
    </LabelledField>
  )
}
