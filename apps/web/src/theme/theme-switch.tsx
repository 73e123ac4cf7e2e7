import { useId, useSyncExternalStore } from 'react'
import styles from './theme-switch.module.css'

const choices = [
  ['system', 'System'],
  ['light', 'Light'],
  ['dark', 'Dark'],
] as const

/** Renders nothing if the theme script failed to load: the page follows the system then. */
export function ThemeSwitch() {
  const { theme } = window
  return theme && <Choices theme={theme} />
}

function Choices({ theme }: { theme: ThemeControl }) {
  const name = useId()
  const chosen = useSyncExternalStore(theme.subscribe, () => theme.chosen)
  return (
    <fieldset className={styles['switch']}>
      <legend>Theme</legend>
      {choices.map(([value, label]) => (
        <label key={value} className={styles['choice']}>
          <input type="radio" name={name} checked={chosen === value} onChange={() => theme.choose(value)} />
          {label}
        </label>
      ))}
    </fieldset>
  )
}
