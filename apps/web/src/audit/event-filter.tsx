import type { AuditEventName } from '@app/contract'
import { Check } from 'lucide-react'
import { Fragment, useId, useState } from 'react'
import type { KeyboardEvent } from 'react'
import { Icon } from '../components/icon.tsx'
import { TypeAhead } from '../components/type-ahead.ts'
import { eventGroups, eventNames } from './event-names.ts'
import { FilterChip } from './filter-chip.tsx'
import { intoView } from './into-view.ts'
import styles from './audit.module.css'

/** The options in the order of the list. Null: all events. */
const options = [null, ...eventGroups.flatMap(({ events }) => events)]
const names = options.map(nameOf)
const last = options.length - 1
/** How far PageUp and PageDown move. */
const pageSize = 10

interface EventFilterProps {
  event: AuditEventName | null
  onChange: (event: AuditEventName | null) => void
}

/**
 * Chooses a kind of event: the select-only combobox of the ARIA Authoring Practices. Browsers show the list
 * of a `select` in their own look.
 */
export function EventFilter({ event: chosen, onChange }: EventFilterProps) {
  const id = useId()
  // The index of the active option; null while the list is closed.
  const [active, setActive] = useState<number | null>(null)
  const [typeAhead] = useState(() => new TypeAhead())
  const isOpen = active !== null
  const optionId = (index: number) => `${id}-${index}`
  const open = () => setActive(options.indexOf(chosen))

  function close() {
    setActive(null)
    typeAhead.reset()
  }

  function choose(index: number) {
    close()
    const event = options[index] ?? null
    if (event !== chosen) onChange(event)
  }

  function press(event: KeyboardEvent) {
    const { key, altKey, timeStamp } = event
    if (event.ctrlKey || event.metaKey) return
    const isCharacter = key.length === 1 && !altKey && (key !== ' ' || typeAhead.isTyping(timeStamp))
    if (isCharacter) {
      const from = active ?? options.indexOf(chosen)
      setActive(typeAhead.find(key, timeStamp, names, from) ?? from)
    } else if (active === null) {
      if (!['ArrowDown', 'ArrowUp', 'Enter', ' ', 'Home', 'End'].includes(key)) return
      if (key === 'Home') setActive(0)
      else if (key === 'End') setActive(last)
      else open()
    } else if (key === 'Tab') {
      // The focus moves on, too.
      return choose(active)
    } else if (key === 'Enter' || key === ' ' || (altKey && key === 'ArrowUp')) choose(active)
    else if (key === 'Escape') close()
    else {
      const next = moved(active, key)
      if (next === undefined) return
      setActive(next)
    }
    event.preventDefault()
  }

  function optionAt(index: number) {
    const option = options[index] ?? null
    return (
      // The button keeps the focus and handles the keyboard.
      // oxlint-disable-next-line jsx-a11y/click-events-have-key-events
      <div
        id={optionId(index)}
        role="option"
        tabIndex={-1}
        aria-selected={option === chosen}
        data-active={index === active}
        className={styles['option']}
        ref={index === active ? intoView : undefined}
        onPointerMove={() => setActive(index)}
        onClick={() => choose(index)}
      >
        {nameOf(option)}
        {option === chosen && <Icon icon={Check} size="small" />}
      </div>
    )
  }

  return (
    <FilterChip
      label="Event"
      labelId={`${id}-label`}
      htmlFor={id}
      isSet={chosen !== null}
      onRemove={() => onChange(null)}
    >
      <button
        type="button"
        id={id}
        role="combobox"
        aria-haspopup="listbox"
        aria-labelledby={`${id}-label`}
        aria-expanded={isOpen}
        aria-controls={isOpen ? `${id}-list` : undefined}
        aria-activedescendant={isOpen ? optionId(active) : undefined}
        // Safari takes the focus from a button that is clicked, and the list needs it.
        onMouseDown={(event) => event.preventDefault()}
        onClick={({ currentTarget }) => {
          currentTarget.focus()
          if (isOpen) close()
          else open()
        }}
        onKeyDown={press}
        onBlur={close}
      >
        {nameOf(chosen)}
      </button>
      {isOpen && (
        <div
          id={`${id}-list`}
          role="listbox"
          aria-labelledby={`${id}-label`}
          className={styles['popup']}
          // The focus stays on the button.
          onPointerDown={(event) => event.preventDefault()}
        >
          {optionAt(0)}
          {groups.map(({ label, first, events }, group) => (
            <div key={label} role="group" aria-labelledby={`${id}-group-${group}`}>
              <div id={`${id}-group-${group}`} role="presentation" className={styles['group']}>
                {label}
              </div>
              {events.map((event, index) => (
                <Fragment key={event}>{optionAt(first + index)}</Fragment>
              ))}
            </div>
          ))}
        </div>
      )}
    </FilterChip>
  )
}

/** The groups, each with the index of its first option. */
const groups = eventGroups.map((group) => ({ ...group, first: options.indexOf(group.events[0] ?? null) }))

function nameOf(event: AuditEventName | null): string {
  return event === null ? 'All events' : eventNames[event]
}

/** Returns the index to which a key moves; undefined for other keys. */
function moved(index: number, key: string): number | undefined {
  switch (key) {
    case 'ArrowDown':
      return Math.min(index + 1, last)
    case 'ArrowUp':
      return Math.max(index - 1, 0)
    case 'PageDown':
      return Math.min(index + pageSize, last)
    case 'PageUp':
      return Math.max(index - pageSize, 0)
    case 'Home':
      return 0
    case 'End':
      return last
    default:
      return undefined
  }
}
