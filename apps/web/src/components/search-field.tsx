import { useEffect, useId, useRef, useState } from 'react'

import fieldStyles from './field.module.css'
import styles from './search-field.module.css'
import { VisuallyHidden } from './visually-hidden.tsx'

const pauseMs = 250

interface SearchFieldProps {
  label: string
  initial: string
  /** Told after a short pause in the typing, and at once on Enter. */
  onSearch: (text: string) => void
  /** What was found, told to people who listen. */
  status: string
}

export function SearchField({ label, initial, onSearch, status }: SearchFieldProps) {
  const id = useId()
  const [text, setText] = useState(initial)
  const told = useRef(initial)
  const tell = useRef(onSearch)
  useEffect(() => {
    tell.current = onSearch
  }, [onSearch])

  useEffect(() => {
    if (text === told.current) return
    const timer = setTimeout(() => {
      told.current = text
      tell.current(text)
    }, pauseMs)
    return () => clearTimeout(timer)
  }, [text])

  return (
    <form
      role="search"
      aria-label={label}
      className={styles['search']}
      onSubmit={(event) => {
        event.preventDefault()
        told.current = text
        onSearch(text)
      }}
    >
      <label htmlFor={id}>
        <VisuallyHidden>{label}</VisuallyHidden>
      </label>
      <input
        id={id}
        type="search"
        className={fieldStyles['control']}
        placeholder={label}
        value={text}
        autoComplete="off"
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <div aria-live="polite">
        <VisuallyHidden>{status}</VisuallyHidden>
      </div>
    </form>
  )
}
