import { useId } from 'react'
import type { ReactNode } from 'react'
import { useFieldError } from './entry-form-context.ts'
import { FieldError } from './field-error.tsx'
import styles from './field.module.css'

export interface LabelledFieldProps {
  /** The name of the field in the procedure's input. Errors for that name are shown here. */
  name: string
  label: string
  hint?: ReactNode
  optional?: boolean
  /** Shown at the end of the label's line, such as a link that helps. Tab reaches it after the control. */
  labelEnd?: ReactNode
}

/** The attributes that link a control to its label, hint and error. */
interface ControlProps {
  id: string
  name: string
  'aria-describedby': string | undefined
  'aria-invalid': true | undefined
}

/**
 * Renders the frame of a field: label, hint, control and the first error, linked for assistive technology.
 */
export function LabelledField({
  name,
  label,
  hint,
  optional = false,
  labelEnd,
  below,
  children,
}: LabelledFieldProps & { below?: ReactNode; children: (control: ControlProps) => ReactNode }) {
  const id = useId()
  const error = useFieldError(name)
  const [hintId, errorId] = [`${id}hint`, `${id}error`]
  const descriptions = [...(hint === undefined ? [] : [hintId]), ...(error === undefined ? [] : [errorId])]
  return (
    // The label is for the summary of the form.
    <div data-label={label} className={styles['field']}>
      <div className={styles['head']}>
        <label htmlFor={id} className={styles['label']}>
          {label}
          {optional && <span className={styles['optional']}> (optional)</span>}
        </label>
      </div>
      {hint !== undefined && (
        <p id={hintId} className={styles['hint']}>
          {hint}
        </p>
      )}
      {children({
        id,
        name,
        'aria-describedby': descriptions.length === 0 ? undefined : descriptions.join(' '),
        'aria-invalid': error === undefined ? undefined : true,
      })}
      {labelEnd !== undefined && <span className={styles['end']}>{labelEnd}</span>}
      <FieldError id={errorId} error={error} />
      {below}
    </div>
  )
}
