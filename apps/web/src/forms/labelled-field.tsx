import { Field } from '@base-ui/react/field'
import { CircleAlert } from 'lucide-react'
import type { ComponentProps, ReactNode } from 'react'
import { Icon } from '../components/icon.tsx'
import { useFieldCheck } from './entry-form-context.ts'
import styles from './field.module.css'

export interface LabelledFieldProps {
  /** The name of the field in the procedure's input. Errors for that name are shown here. */
  name: string
  label: string
  hint?: ReactNode
  optional?: boolean
  /** Shown at the end of the label's line, such as a link that helps with this field. */
  labelEnd?: ReactNode
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
}: LabelledFieldProps & { below?: ReactNode; children: ReactNode }) {
  const check = useFieldCheck()
  return (
    <Field.Root
      name={name}
      // For the summary of the form.
      data-label={label}
      className={styles['field']}
      validate={(value) => check(name, value)}
    >
      <div className={styles['head']}>
        <Field.Label className={styles['label']}>
          {label}
          {optional && <span className={styles['optional']}> (optional)</span>}
        </Field.Label>
        {labelEnd !== undefined && <span className={styles['end']}>{labelEnd}</span>}
      </div>
      {hint !== undefined && <Field.Description className={styles['hint']}>{hint}</Field.Description>}
      {children}
      <Field.Error className={styles['error']} render={<ErrorText />} />
      {below}
    </Field.Root>
  )
}

/** Renders the error with an icon. Errors are not shown by colour alone. */
function ErrorText({ children, ...rest }: ComponentProps<'div'>) {
  return (
    <div {...rest}>
      <Icon icon={CircleAlert} size="small" />
      <span>{children}</span>
    </div>
  )
}
