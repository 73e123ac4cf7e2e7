import { useEffect, useState } from 'react'
import { useKeptTexts } from './kept-texts-context.tsx'

export type KeptValues = Readonly<Record<string, string | boolean>>

interface KeptForm {
  /** What was typed before the page crashed or was reloaded, by the names of the fields. */
  values: KeptValues
  keep: (form: HTMLFormElement) => void
  drop: () => void
}

const nothing: KeptValues = {}

/** Keeps what is typed into a form, but for passwords, until it is sent or the user opens another page. */
export function useKeptForm(label: string): KeptForm {
  const { texts, owner } = useKeptTexts()
  const [path] = useState(() => window.location.pathname)
  const key = `form:${path}:${label}`
  const [values] = useState(() => valuesOf(texts.find(key, owner)))
  useEffect(
    () => () => {
      // The address is the same: the form was unmounted by a crash.
      if (window.location.pathname !== path) texts.drop(key)
    },
    [texts, path, key],
  )
  return {
    values,
    keep(form) {
      const fields = fieldsOf(form)
      const isAsBefore = fields.every((field) => valueOf(field) === initialOf(field))
      // Restored values are the initial values of the fields: equal to them does not mean untouched.
      if (isAsBefore && values === nothing) texts.drop(key)
      else texts.keep(key, owner, Object.fromEntries(fields.map((field) => [field.name, valueOf(field)])))
    },
    drop: () => texts.drop(key),
  }
}

function fieldsOf(form: HTMLFormElement): HTMLInputElement[] {
  return [...form.elements].filter(
    (element): element is HTMLInputElement =>
      element instanceof HTMLInputElement && element.name !== '' && !isSecret(element),
  )
}

function valueOf({ type, checked, value }: HTMLInputElement): string | boolean {
  return type === 'checkbox' ? checked : value
}

function initialOf({ type, defaultChecked, defaultValue }: HTMLInputElement): string | boolean {
  return type === 'checkbox' ? defaultChecked : defaultValue
}

/** A password that is shown is in a field of type text. */
function isSecret({ type, autocomplete }: HTMLInputElement): boolean {
  return type === 'password' || autocomplete.endsWith('-password')
}

function valuesOf(content: unknown): KeptValues {
  if (typeof content !== 'object' || content === null) return nothing
  return Object.fromEntries(
    Object.entries(content).filter(([, value]) => typeof value === 'string' || typeof value === 'boolean'),
  )
}
