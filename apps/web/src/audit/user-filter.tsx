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
import { FilterChip } from './filter-chip.tsx'
import { intoView } from './into-view.ts'
import styles from './audit.module.css'

export interface ChosenUser {
  id: string
  /** Shown while the user types nothing. */
  name: string
}

interface UserFilterProps {
  viewer: Self
  user: ChosenUser | null
  onChange: (id: string | null) => void
}

/**
 * Finds a user by the beginning of the user name or name. This is the combobox of the ARIA Authoring
 * Practices: Enter chooses the first suggestion. The combobox of the component library hides the whole page
 * from assistive technology while its list is open.
 */
export function UserFilter({ viewer, user: chosen, onChange }: UserFilterProps) {
  const id = useId()
  // The typed text while the list is open. While it is closed, the field shows the chosen user.
  const [typed, setTyped] = useState<string | null>(null)
  const [active, setActive] = useState(0)
  // Enter was pressed before the response arrived: the first result will be chosen.
  const isEager = useRef(false)
  const search = useDebounced(typed ?? '')
  const users = useUsers(viewer, { search, enabled: typed !== null, isSecondary: true })
  useRetryOnReturn(users.error, () => void users.refetch())
  const isOpen = typed !== null
  const found = isOpen ? (users.data?.items ?? []) : []
  // Until the response arrives, the list shows results for the former text: Enter must not choose from it.
  const isFresh = search === typed && users.isSuccess && !users.isPlaceholderData
  const activeUser = isFresh ? found[active] : undefined
  const status = isOpen ? (users.isError ? errorMessage(users.error) : statusText(isFresh, found.length)) : ''

  useEffect(() => {
    if (!isEager.current || !isFresh) return
    isEager.current = false
    if (activeUser) choose(activeUser)
  })

  function type(text: string) {
    setTyped(text)
    setActive(0)
    isEager.current = false
    if (text === '' && chosen !== null) onChange(null)
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
    if (user.id !== chosen?.id) onChange(user.id)
  }

  function press(event: KeyboardEvent) {
    // Enter and Escape belong to the input method.
    if (event.nativeEvent.isComposing) return
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
    <FilterChip label="User" htmlFor={id} isSet={chosen !== null} onRemove={() => onChange(null)}>
      <input
        id={id}
        role="combobox"
        aria-autocomplete="list"
        aria-expanded={found.length > 0}
        aria-controls={found.length > 0 ? `${id}-list` : undefined}
        aria-activedescendant={activeUser && `${id}-${activeUser.id}`}
        autoComplete="off"
        spellCheck={false}
        dir="auto"
        placeholder="All users"
        value={typed ?? chosen?.name ?? ''}
        onChange={(event) => type(event.currentTarget.value)}
        onFocus={(event) => event.currentTarget.select()}
        onClick={() => isOpen || chosen !== null || open()}
        onKeyDown={press}
        onBlur={close}
      />
      <VisuallyHidden>
        <span role="status">
          <MessageText message={status} />
        </span>
      </VisuallyHidden>
      <div className={styles['popup']} hidden={!isOpen}>
        <p className={styles['status']} aria-hidden="true">
          <MessageText message={status} />
        </p>
        {found.length > 0 && (
          <div id={`${id}-list`} role="listbox" aria-label="Users">
            {found.map((user, index) => (
              // The field keeps the focus and handles the keyboard.
              // oxlint-disable-next-line jsx-a11y/click-events-have-key-events
              <div
                key={user.id}
                id={`${id}-${user.id}`}
                role="option"
                tabIndex={-1}
                aria-selected={user === activeUser}
                data-active={user === activeUser}
                className={styles['option']}
                ref={user === activeUser ? intoView : undefined}
                onPointerDown={(event) => event.preventDefault()}
                onPointerEnter={() => setActive(index)}
                onClick={() => choose(user)}
              >
                {user.username}
                {user.name !== user.username && (
                  <span dir="auto" className={styles['name']}>
                    {user.name}
                  </span>
                )}
              </div>
            ))}
          </div>
        )}
      </div>
    </FilterChip>
  )
}

function statusText(isFresh: boolean, count: number): string {
  if (!isFresh) return 'Searching…'
  if (count === 0)
    return 'No users found. The search finds users by the beginning of their user name or name.'
  return count === 1 ? '1 user found' : `${count} users found`
}

function errorMessage(error: Error): Message {
  // Any other error is a defect of this app: the crash page shows it.
  if (!(error instanceof CallFailed)) throw error
  return failureMessage(error.failure, error.failedAt)
}
