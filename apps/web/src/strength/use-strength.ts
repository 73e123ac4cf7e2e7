import { product } from '@app/contract/product'
import { useEffect, useRef, useState } from 'react'
import { openStrengthMeter } from './strength-worker-client.ts'
import type { StrengthMeter } from './strength-worker-client.ts'
import type { Strength } from './strength.ts'

/** The pause after typing, so that screen readers announce one result and not one for every key. */
const pauseMs = 400

const nothingKnown: readonly string[] = []

/**
 * Returns the strength of the text in a field for a new password; null while the field is empty.
 * `known`: words about the user that are not in the form.
 */
export function useStrength(
  known: readonly string[] = nothingKnown,
): [Strength | null, (control: HTMLInputElement) => void] {
  const [strength, setStrength] = useState<Strength | null>(null)
  const meter = useRef<StrengthMeter>(null)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const isEmpty = useRef(true)
  const formWatch = useRef<AbortController>(null)

  useEffect(
    () => () => {
      clearTimeout(timer.current)
      formWatch.current?.abort()
      formWatch.current = null
      meter.current?.close()
      meter.current = null
    },
    [],
  )

  function judge(control: HTMLInputElement) {
    formWatch.current ??= watchOthers(control, () => judge(control))
    clearTimeout(timer.current)
    isEmpty.current = control.value === ''
    if (isEmpty.current) {
      setStrength(null)
      return
    }
    meter.current ??= openStrengthMeter((result) => {
      if (!isEmpty.current) setStrength(result)
    })
    timer.current = setTimeout(() => {
      const personal = personalWords([...known, ...textsOf(control.form)])
      meter.current?.ask({ password: control.value, personal })
    }, pauseMs)
  }

  return [strength, judge]
}

/** Rates the password again when another field changes: a password that repeats it is weak. */
function watchOthers(control: HTMLInputElement, onInput: () => void): AbortController {
  const watch = new AbortController()
  const { signal } = watch
  control.form?.addEventListener('input', ({ target }) => target !== control && onInput(), { signal })
  return watch
}

/** Returns the texts of the other fields. A visible password field has type text too and is left out. */
function textsOf(form: HTMLFormElement | null): string[] {
  return [...(form?.elements ?? [])].flatMap((element) =>
    element instanceof HTMLInputElement && !isPassword(element) && isText(element) ? [element.value] : [],
  )
}

function isText({ type }: HTMLInputElement): boolean {
  return type === 'text' || type === 'email'
}

function isPassword({ autocomplete }: HTMLInputElement): boolean {
  return autocomplete.endsWith('-password')
}

/** Returns the texts, their words and the product's name. */
function personalWords(texts: string[]): string[] {
  return [
    product.name,
    product.slug,
    ...texts,
    ...texts.flatMap((text) => text.split(/[^\p{L}\p{N}]+/u)),
  ].filter((word) => word.length > 2)
}
