import { Field } from '@base-ui/react/field'
import type { ReactNode } from 'react'
import { useFieldCheck } from './entry-form-context.ts'
import styles from './field.module.css'

export interface LabelledFieldProps {
  /** The name of the field in the procedure's input. Errors for that name are shown here. */
  name: string
  label: string
  hint?: ReactNode
  optional?: boolean
}

/**
 * Renders the frame of a field: label, hint, control and the first error, linked for assistive technology.
 */
export function LabelledField({
  name,
  label,
  hint,
  optional = false,
  below,
  children,
}: LabelledFieldProps & { below?: ReactNode; children: ReactNode }) {
  const check = useFieldCheck()
  return (
    <Field.Root name={name} className={styles['field']} validate={(value) => check(name, value)}>
      <Field.Label className={styles['label']}>
        {label}
        {optional && <span className={styles['optional']}> (optional)</span>}
      </Field.Label>
      {hint !== undefined && <Field.Description className={styles['hint']}>{hint}</Field.Description>}
      {children}
      <Field.Error className={styles['error']} />
      {below}
    </Field.Root>
  )
}
