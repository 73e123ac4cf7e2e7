import { useRef } from 'react'
import type { HTMLInputAutoCompleteAttribute } from 'react'
import { useKeptValue } from './entry-form-context.ts'
import { LabelledField } from './labelled-field.tsx'
import type { LabelledFieldProps } from './labelled-field.tsx'
import { useInitialFocus } from './use-initial-focus.ts'
import styles from './field.module.css'

interface TextFieldProps extends LabelledFieldProps {
  autoComplete: HTMLInputAutoCompleteAttribute
  type?: 'text' | 'email'
  defaultValue?: string
  /** A technical name: the browser neither capitalizes nor spell-checks it. */
  plain?: boolean
  /** The keyboard of a phone. */
  inputMode?: 'numeric'
  /** Takes the focus when it appears: for the first field of a page, and for forms that the user opened. */
  focused?: boolean
}

/**
 * Renders a field for one line of text. Without `maxLength`, which would cut pasted text silently: the schema
 * reports it instead.
 */
export function TextField({
  autoComplete,
  type = 'text',
  defaultValue,
  plain = false,
  inputMode,
  focused = false,
  ...field
}: TextFieldProps) {
  const input = useRef<HTMLInputElement>(null)
  const kept = useKeptValue(field.name)
  useInitialFocus(input, focused)
  return (
    <LabelledField {...field}>
      {(control) => (
        <input
          {...control}
          ref={input}
          className={styles['control']}
          type={type}
          dir="auto"
          autoComplete={autoComplete}
          inputMode={inputMode}
          defaultValue={typeof kept === 'string' ? kept : defaultValue}
          aria-required={field.optional !== true}
          {...(plain && { autoCapitalize: 'none', autoCorrect: 'off', spellCheck: false })}
        />
      )}
    </LabelledField>
  )
}
