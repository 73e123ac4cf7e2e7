import { Search, X } from 'lucide-react'
import { useEffect, useId, useLayoutEffect, useRef, useState } from 'react'
import { Icon } from '../components/icon.tsx'
import { VisuallyHidden } from '../components/visually-hidden.tsx'
import fieldStyles from './field.module.css'
import styles from './search-field.module.css'

const pauseMs = 250

interface SearchFieldProps {
  label: string
  /** The current search, which may also change without this field, by a link for example. */
  search: string
  /** Called after a short pause in the typing, and immediately on Enter. */
  onSearch: (text: string) => void
  /** The result, for screen readers. */
  status: string
}

export function SearchField({ label, search, onSearch, status }: SearchFieldProps) {
  const id = useId()
  const [text, setText] = useState(search)
  const [reported, setReported] = useState(search)
  const [known, setKnown] = useState(search)
  if (search !== known) {
    setKnown(search)
    if (search !== reported) {
      setText(search)
      setReported(search)
    }
  }
  const input = useRef<HTMLInputElement>(null)
  const report = useRef(onSearch)
  useEffect(() => {
    report.current = onSearch
  }, [onSearch])

  // A layout effect, because React hides a page that waits for the next one before it removes it. From then
  // on a late search must not navigate back to the hidden page.
  useLayoutEffect(() => {
    if (text === reported) return undefined
    const timer = setTimeout(() => {
      setReported(text)
      report.current(text)
    }, pauseMs)
    return () => clearTimeout(timer)
  }, [text, reported])

  function clear() {
    setText('')
    setReported('')
    onSearch('')
    input.current?.focus()
  }

  return (
    <form
      role="search"
      aria-label={label}
      className={styles['search']}
      onSubmit={(event) => {
        event.preventDefault()
        setReported(text)
        onSearch(text)
      }}
    >
      <label htmlFor={id}>
        <VisuallyHidden>{label}</VisuallyHidden>
      </label>
      <div data-focus-frame className={`${fieldStyles['frame']} ${styles['frame']}`}>
        <Icon icon={Search} size="small" />
        <input
          ref={input}
          id={id}
          // The name of the query parameter, for a submit without JavaScript.
          name="search"
          type="search"
          dir="auto"
          className={`${fieldStyles['inner']} ${styles['input']}`}
          placeholder={label}
          value={text}
          autoComplete="off"
          onChange={(event) => setText(event.currentTarget.value)}
          onKeyDown={(event) => {
            // Only some browsers do this by themselves.
            if (event.key !== 'Escape' || text === '' || event.nativeEvent.isComposing) return
            event.preventDefault()
            clear()
          }}
        />
        {text !== '' && (
          <button type="button" className={fieldStyles['button']} onClick={clear}>
            <Icon icon={X} size="small" />
            <VisuallyHidden>Clear search</VisuallyHidden>
          </button>
        )}
      </div>
      <div aria-live="polite">
        <VisuallyHidden>{status}</VisuallyHidden>
      </div>
    </form>
  )
}
