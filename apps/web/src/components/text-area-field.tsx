import { Field } from '@base-ui/react/field'

import styles from './field.module.css'
import { LabelledField, type LabelledFieldProps } from './labelled-field.tsx'

interface TextAreaFieldProps extends LabelledFieldProps {
  defaultValue?: string
  rows?: number
}

export function TextAreaField({ defaultValue, rows = 6, ...field }: TextAreaFieldProps) {
  return (
    <LabelledField {...field}>
      <Field.Control
        className={styles['control']}
        defaultValue={defaultValue}
        aria-required={field.optional !== true}
        render={<textarea rows={rows} />}
      />
    </LabelledField>
  )
}
