import { useEffect, useRef } from 'react'
import type { MouseEvent } from 'react'
import type { Message } from '../api/failure-text.ts'
import { MessageText } from './message-text.tsx'
import styles from './form-alert.module.css'

/** A field that something is wrong with, by the id of its control. */
export interface FieldProblem {
  controlId: string
  sentence: string
  /** The field is right by now; what the server thinks of it is seen when the form is sent again. */
  isCorrected?: boolean
}

interface FormAlertProps {
  /** What is wrong with the form as a whole. */
  problem: Message | undefined
  /** In the order of the form. Each links to its field, which shows it too. */
  fields?: readonly FieldProblem[]
}

/**
 * The one summary of what went wrong with a form. It takes the focus, so that nobody has to look for it.
 * The box is new for every failure (the form empties it before each attempt), so the same sentence is told
 * again.
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
                {/* It keeps its place: nothing below it moves while the user types. */}
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

/** The browser would scroll there and add a step to its history, but leave the focus behind. */
function focusTarget(event: MouseEvent<HTMLAnchorElement>) {
  event.preventDefault()
  document.getElementById(event.currentTarget.hash.slice(1))?.focus()
}
