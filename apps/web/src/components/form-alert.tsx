import { CircleAlert } from 'lucide-react'
import { Fragment, useEffect, useRef } from 'react'
import type { MouseEvent } from 'react'
import type { Message } from '../api/failure-text.ts'
import { Icon } from './icon.tsx'
import { MessageText } from './message-text.tsx'
import styles from './form-alert.module.css'

/** A field with an error, by the id of its control. */
export interface FieldProblem {
  controlId: string
  label: string
  /** The field is valid by now; the server checks it at the next submit. */
  isCorrected?: boolean
}

interface FormAlertProps {
  /** Whether it takes the focus when it appears. Default: true. */
  takesFocus?: boolean
  /** The submit button shows how long the user has to wait. */
  hidesClock?: boolean
  /** The error of the whole form. */
  problem: Message | undefined
  /** The fields with an error, in their order. Each shows its own error. */
  fields?: readonly FieldProblem[]
}

/**
 * Renders the problem of a form, and one line that links to the fields to correct. It takes the focus, so
 * that users of screen readers and zoom find it. The form empties it before each attempt, so the same
 * sentence is announced again. A corrected field leaves the line.
 */
export function FormAlert({ problem, fields = [], takesFocus = true, hidesClock = false }: FormAlertProps) {
  const box = useRef<HTMLDivElement>(null)
  // Counts corrected fields too: a field that becomes wrong again keeps the focus while the user types.
  const isEmpty = problem === undefined && fields.length === 0
  useEffect(() => {
    if (!isEmpty && takesFocus) box.current?.focus()
  }, [isEmpty, problem, takesFocus])
  const wrong = fields.filter(({ isCorrected }) => isCorrected !== true)
  if (problem === undefined && wrong.length === 0) return null
  return (
    <div ref={box} role="alert" tabIndex={-1} className={styles['alert']}>
      <Icon icon={CircleAlert} />
      <div className={styles['text']}>
        {problem !== undefined && (
          <p>
            <MessageText message={problem} hidesClock={hidesClock} />
          </p>
        )}
        {wrong.length > 0 && <FieldLinks fields={wrong} />}
      </div>
    </div>
  )
}

/** Renders "Please check 2 fields: User name, Password". */
function FieldLinks({ fields }: { fields: readonly FieldProblem[] }) {
  const count = fields.length === 1 ? 'one field' : `${fields.length} fields`
  return (
    <p>
      {/* In elements of their own, so that a browser's translator can replace the texts. */}
      <span key={count}>{`Please check ${count}: `}</span>
      {fields.map(({ controlId, label }, index) => (
        <Fragment key={controlId}>
          {index > 0 && <span>, </span>}
          <a href={`#${controlId}`} onClick={focusTarget}>
            {label}
          </a>
        </Fragment>
      ))}
    </p>
  )
}

/** Focuses the field. The browser would add a history entry and not move the focus. */
function focusTarget(event: MouseEvent<HTMLAnchorElement>) {
  event.preventDefault()
  document.getElementById(event.currentTarget.hash.slice(1))?.focus()
}
