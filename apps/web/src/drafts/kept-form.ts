import { useState } from 'react'
import { useLocation } from 'wouter'
import { useKeptTexts } from './kept-texts-context.tsx'
import { formsOf } from './kept-texts.ts'

export type KeptValues = Readonly<Record<string, string | boolean>>

interface KeptForm {
  /** The values typed before a crash or a reload, by field name. */
  values: KeptValues
  keep: (form: HTMLFormElement) => void
  drop: () => void
}

const nothing: KeptValues = {}

/**
 * Keeps the values of a form except passwords and codes until a submit, or until another page is opened.
 * @param keptAs tells the objects apart that the same form is about
 */
export function useKeptForm(label: string, keptAs = ''): KeptForm {
  const { texts, owner } = useKeptTexts()
  const [path] = useLocation()
  const key = `${formsOf(path)}${label}:${keptAs}`
  const [values] = useState(() => valuesOf(texts.find(key, owner)))
  return {
    values,
    keep(form) {
      const fields = fieldsOf(form)
      const isAsBefore = fields.every((field) => valueOf(field) === initialOf(field))
      // Restored values are the initial values of the fields: a field equal to them may still be unsaved.
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

/** Returns whether a field contains a password or a code. A visible password is in a field of type text. */
function isSecret({ type, autocomplete, name }: HTMLInputElement): boolean {
  return type === 'password' || autocomplete.endsWith('-password') || name === 'code'
}

function valuesOf(content: unknown): KeptValues {
  if (typeof content !== 'object' || content === null) return nothing
  return Object.fromEntries(
    Object.entries(content).filter(([, value]) => typeof value === 'string' || typeof value === 'boolean'),
  )
}
