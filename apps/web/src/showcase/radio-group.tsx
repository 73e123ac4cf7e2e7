import { useId } from 'react'
import themeStyles from '../theme/theme-switch.module.css'

interface RadioGroupProps<Option extends string> {
  legend: string
  options: readonly Option[]
  chosen: Option
  onChoose: (option: Option) => void
}

/** Renders a choice in the look of the theme switch. */
export function RadioGroup<Option extends string>({
  legend,
  options,
  chosen,
  onChoose,
}: RadioGroupProps<Option>) {
  const name = useId()
  return (
    <fieldset className={themeStyles['switch']}>
      <legend>{legend}</legend>
      {options.map((option) => (
        <label key={option} className={themeStyles['choice']}>
          <input type="radio" name={name} checked={chosen === option} onChange={() => onChoose(option)} />
          {option}
        </label>
      ))}
    </fieldset>
  )
}
