import { Field } from '@base-ui/react/field'
import { useEffect, useRef, useState } from 'react'
import type { ReactNode } from 'react'
import { VisuallyHidden } from '../components/visually-hidden.tsx'
import { LabelledField } from './labelled-field.tsx'
import type { LabelledFieldProps } from './labelled-field.tsx'
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
  const control = useRef<HTMLElement>(null)
  useEffect(() => {
    if (focused) control.current?.focus()
  }, [focused])
  return (
    <LabelledField {...field} below={below}>
      <div className={styles['secret']}>
        <Field.Control
          ref={control}
          className={styles['control']}
          type={shown ? 'text' : 'password'}
          autoComplete={autoComplete}
          autoCapitalize="none"
          autoCorrect="off"
          spellCheck={false}
          aria-required
          onInput={(event) => onInput?.(event.currentTarget)}
        />
        <button type="button" className={styles['reveal']} onClick={() => setShown(!shown)}>
          {shown ? 'Hide' : 'Show'}
          <VisuallyHidden> {field.label.toLowerCase()}</VisuallyHidden>
        </button>
      </div>
    </LabelledField>
  )
}
