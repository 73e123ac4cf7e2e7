import { type MouseEvent, useEffect, useRef } from 'react'

import type { Message } from '../failure-sentence.ts'
import styles from './form-alert.module.css'
import { MessageText } from './message-text.tsx'

/** A field that something is wrong with, by the id of its control. */
export interface FieldProblem {
  controlId: string
  sentence: string
}

interface FormAlertProps {
  /** What is wrong with the form as a whole. */
  problem: Message | undefined
  /** In the order of the form. Each sentence stands at its field too, and leads there from here. */
  fields?: readonly FieldProblem[]
}

/**
 * The one summary of what went wrong with a form. It takes the focus, so that nobody has to look for it.
 * The box is new for every failure (the form empties it before each attempt), so the same sentence is told again.
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
          <p>{fields.length === 1 ? 'One field needs' : `${fields.length} fields need`} another look:</p>
          <ul>
            {fields.map(({ controlId, sentence }) => (
              <li key={controlId}>
                <a href={`#${controlId}`} onClick={focusTarget}>
                  {sentence}
                </a>
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  )
}

/** The browser would scroll there and add a step to its history, but leave the focus behind. */
function focusTarget(event: MouseEvent<HTMLAnchorElement>) {
  event.preventDefault()
  document.getElementById(event.currentTarget.hash.slice(1))?.focus()
}
