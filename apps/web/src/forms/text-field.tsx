import { Field } from '@base-ui/react/field'
import { useEffect, useRef } from 'react'
import type { HTMLInputAutoCompleteAttribute } from 'react'
import { useKeptValue } from './entry-form-context.ts'
import { LabelledField } from './labelled-field.tsx'
import type { LabelledFieldProps } from './labelled-field.tsx'
import styles from './field.module.css'

interface TextFieldProps extends LabelledFieldProps {
  autoComplete: HTMLInputAutoCompleteAttribute
  type?: 'text' | 'email'
  defaultValue?: string
  /** A technical name: the browser neither capitalizes nor spell-checks it. */
  plain?: boolean
  /** Takes the focus when it appears: for forms that the user opened. */
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
  focused = false,
  ...field
}: TextFieldProps) {
  const control = useRef<HTMLElement>(null)
  const kept = useKeptValue(field.name)
  useEffect(() => {
    if (focused) control.current?.focus()
  }, [focused])
  return (
    <LabelledField {...field}>
      <Field.Control
        ref={control}
        className={styles['control']}
        type={type}
        dir="auto"
        autoComplete={autoComplete}
        defaultValue={typeof kept === 'string' ? kept : defaultValue}
        aria-required={field.optional !== true}
        {...(plain && { autoCapitalize: 'none', autoCorrect: 'off', spellCheck: false })}
      />
    </LabelledField>
  )
}
