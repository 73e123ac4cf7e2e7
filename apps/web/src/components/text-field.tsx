import { Field } from '@base-ui/react/field'
import type { HTMLInputAutoCompleteAttribute } from 'react'

import styles from './field.module.css'
import { LabelledField, type LabelledFieldProps } from './labelled-field.tsx'

interface TextFieldProps extends LabelledFieldProps {
  autoComplete: HTMLInputAutoCompleteAttribute
  type?: 'text' | 'email'
  defaultValue?: string
  /** A technical name: no capital letters, no spelling marks. */
  plain?: boolean
}

/** One line of text. There is no `maxLength`: it would cut what is pasted without a word; the schema tells instead. */
export function TextField({
  autoComplete,
  type = 'text',
  defaultValue,
  plain = false,
  ...field
}: TextFieldProps) {
  return (
    <LabelledField {...field}>
      <Field.Control
        className={styles['control']}
        type={type}
        autoComplete={autoComplete}
        defaultValue={defaultValue}
        aria-required={field.optional !== true}
        {...(plain && { autoCapitalize: 'none', autoCorrect: 'off', spellCheck: false })}
      />
    </LabelledField>
  )
}
