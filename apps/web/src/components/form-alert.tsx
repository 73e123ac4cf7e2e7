import { useEffect, useRef } from 'react'
import type { MouseEvent } from 'react'
import type { Message } from '../api/failure-text.ts'
import { MessageText } from './message-text.tsx'
import styles from './form-alert.module.css'

/** A field with an error, by the id of its control. */
export interface FieldProblem {
  controlId: string
  sentence: string
  /** The field is valid by now; the server checks it at the next submit. */
  isCorrected?: boolean
}

interface FormAlertProps {
  /** The error of the whole form. */
  problem: Message | undefined
  /** Errors in the order of the fields. Each links to its field, which shows it too. */
  fields?: readonly FieldProblem[]
}

/**
 * Renders the summary of the errors of a form. It takes the focus, so that users of screen readers and zoom
 * find it. The form empties it before each attempt, so the same sentence is announced again.
 */
export function FormAlert({ problem, fields = [] }: FormAlertProps) {
  const box = useRef<HTMLDivElement>(null)
  const isEmpty = problem === undefined && fields.length === 0
  useEffect(() => {
    if (!isEmpty) box.current?.focus()
  }, [isEmpty, problem])
  if (isEmpty) return null
  return (
    <div ref={box} role="alert" tabIndex={-1} className={styles['alert']}>
      {problem !== undefined && (
        <p>
          <MessageText message={problem} />
        </p>
      )}
      {fields.length > 0 && (
        <>
          <p>{summary(fields.filter(({ isCorrected }) => isCorrected !== true).length)}</p>
          <ul>
            {fields.map(({ controlId, sentence, isCorrected }) => (
              <li key={controlId}>
                {/* It keeps its place, so that nothing below moves while the user types. */}
                <a href={`#${controlId}`} onClick={focusTarget}>
                  {isCorrected === true ? <s>{sentence}</s> : sentence}
                </a>
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  )
}

function summary(count: number): string {
  if (count === 0) return 'Every field is filled in correctly now.'
  return `${count === 1 ? 'One field needs' : `${count} fields need`} another look:`
}

/** Focuses the field. The browser would add a history entry and not move the focus. */
function focusTarget(event: MouseEvent<HTMLAnchorElement>) {
  event.preventDefault()
  document.getElementById(event.currentTarget.hash.slice(1))?.focus()
}
