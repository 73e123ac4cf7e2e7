import type { Self, UserRow } from '@app/contract'
import { useEffect, useId, useRef, useState } from 'react'
import type { KeyboardEvent } from 'react'
import { CallFailed } from '../api/call-failed.ts'
import { failureMessage } from '../api/failure-text.ts'
import type { Message } from '../api/failure-text.ts'
import { useRetryOnReturn } from '../api/use-retry-on-return.ts'
import { MessageText } from '../components/message-text.tsx'
import { useDebounced } from '../components/use-debounced.ts'
import { VisuallyHidden } from '../components/visually-hidden.tsx'
import { useUsers } from '../users/use-users.ts'
import fieldStyles from '../forms/field.module.css'
import styles from './audit.module.css'

export interface ChosenPerson {
  id: string
  /** What they are called as long as nothing is typed. */
  name: string
}

interface PersonFilterProps {
  viewer: Self
  person: ChosenPerson | null
  onChange: (id: string | null) => void
}

/**
 * Finds somebody by the beginning of their user name or name: the combobox of the ARIA Authoring Practices,
 * whose first suggestion is chosen by Enter. Not the one of the component library, which hides the whole page
 * from assistive technology while its list is open.
 */
export function PersonFilter({ viewer, person, onChange }: PersonFilterProps) {
  const id = useId()
  // What is being typed, while the list is open; then the field shows who was chosen.
  const [typed, setTyped] = useState<string | null>(null)
  const [active, setActive] = useState(0)
  // Enter came before the answer did: the first one that is found is chosen.
  const isEager = useRef(false)
  const search = useDebounced(typed ?? '')
  const users = useUsers(viewer, { search, enabled: typed !== null, isAside: true })
  useRetryOnReturn(users.error, () => void users.refetch())
  const isOpen = typed !== null
  const found = isOpen ? (users.data?.items ?? []) : []
  // Until the answer is there, the list belongs to what was typed before: Enter must not choose from it.
  const isFresh = search === typed && users.isSuccess && !users.isPlaceholderData
  const activeUser = isFresh ? found[active] : undefined
  const word = isOpen ? (users.isError ? problemOf(users.error) : wordOf(isFresh, found.length)) : ''

  useEffect(() => {
    if (!isEager.current || !isFresh) return
    isEager.current = false
    if (activeUser) choose(activeUser)
  })

  function type(text: string) {
    setTyped(text)
    setActive(0)
    isEager.current = false
    if (text === '' && person !== null) onChange(null)
  }

  function open() {
    setTyped('')
    setActive(0)
  }

  function close() {
    setTyped(null)
    isEager.current = false
  }

  function choose(user: UserRow) {
    close()
    if (user.id !== person?.id) onChange(user.id)
  }

  function press(event: KeyboardEvent) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step !== undefined) {
      event.preventDefault()
      if (!isOpen) open()
      else if (found.length > 0) setActive((active + step + found.length) % found.length)
    }
    if (event.key === 'Escape' && isOpen) {
      event.preventDefault()
      close()
    }
    if (event.key !== 'Enter') return
    if (activeUser) choose(activeUser)
    else if (typed && !isFresh) isEager.current = true
  }

  return (
    <div className={`${fieldStyles['field']} ${styles['person-field']}`}>
      <label htmlFor={id} className={fieldStyles['label']}>
        Person
      </label>
      <input
        id={id}
        className={fieldStyles['control']}
        role="combobox"
        aria-autocomplete="list"
        aria-expanded={found.length > 0}
        aria-controls={found.length > 0 ? `${id}-list` : undefined}
        aria-activedescendant={activeUser && `${id}-${activeUser.id}`}
        autoComplete="off"
        spellCheck={false}
        placeholder="Everybody"
        value={typed ?? person?.name ?? ''}
        onChange={(event) => type(event.currentTarget.value)}
        onFocus={(event) => event.currentTarget.select()}
        onClick={() => isOpen || person !== null || open()}
        onKeyDown={press}
        onBlur={close}
      />
      <VisuallyHidden>
        <span role="status">
          <MessageText message={word} />
        </span>
      </VisuallyHidden>
      <div className={styles['popup']} hidden={!isOpen}>
        <p className={styles['word']} aria-hidden="true">
          <MessageText message={word} />
        </p>
        {found.length > 0 && (
          <div id={`${id}-list`} role="listbox" aria-label="People">
            {found.map((user, index) => (
              // The keyboard works in the field, which keeps the focus.
              // oxlint-disable-next-line jsx-a11y/click-events-have-key-events
              <div
                key={user.id}
                id={`${id}-${user.id}`}
                role="option"
                tabIndex={-1}
                aria-selected={user === activeUser}
                className={styles['option']}
                ref={user === activeUser ? intoView : undefined}
                onPointerDown={(event) => event.preventDefault()}
                onPointerEnter={() => setActive(index)}
                onClick={() => choose(user)}
              >
                {user.username}
                {user.name !== user.username && <bdi className={styles['name']}>{user.name}</bdi>}
              </div>
            ))}
          </div>
        )}
      </div>
    </div>
  )
}

function intoView(option: HTMLElement | null) {
  option?.scrollIntoView({ block: 'nearest' })
}

function wordOf(isFresh: boolean, count: number): string {
  if (!isFresh) return 'Searching…'
  if (count === 0) return 'No users found. The search looks at the beginning of user names and names.'
  return count === 1 ? '1 person found' : `${count} people found`
}

function problemOf(error: Error): Message {
  // Anything but a declared failure is a defect of this app: that is what the crash page is for.
  if (!(error instanceof CallFailed)) throw error
  return failureMessage(error.failure, error.failedAt)
}
