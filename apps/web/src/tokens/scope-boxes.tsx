import type { TokenScope } from '@app/contract'
import { useId } from 'react'
import { CheckBox } from '../forms/check-box.tsx'
import { useFieldError } from '../forms/entry-form-context.ts'
import { FieldError } from '../forms/field-error.tsx'
import { scopeWords } from './scope-words.ts'
import styles from './tokens.module.css'

const label = 'What it may do'

/** Renders a box for each scope that the viewer may give to a token. */
export function ScopeBoxes({ scopes }: { scopes: readonly TokenScope[] }) {
  const id = useId()
  const error = useFieldError('scopes')
  const errorId = `${id}error`
  return (
    <fieldset
      id={id}
      name="scopes"
      // The label is for the summary of the form, whose link moves the focus here.
      data-label={label}
      tabIndex={-1}
      className={styles['scopes']}
      aria-describedby={error === undefined ? undefined : errorId}
    >
      <legend>{label}</legend>
      {scopes.map((scope) => (
        <CheckBox key={scope} name={scope} label={<ScopeLabel scope={scope} />} />
      ))}
      <FieldError id={errorId} error={error} />
    </fieldset>
  )
}

function ScopeLabel({ scope }: { scope: TokenScope }) {
  const words = scopeWords(scope)
  if (words === undefined) return scope
  return (
    <>
      {words} <span className={styles['name']}>({scope})</span>
    </>
  )
}
