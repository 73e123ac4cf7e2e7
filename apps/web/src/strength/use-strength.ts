import { useCallback, useEffect, useRef, useState } from 'react'

import { openStrengthMeter, type StrengthMeter } from './ask-strength.ts'
import type { Strength } from './strength.ts'

/** How long the typing has to rest: whoever listens to the page hears a verdict, not one for every key. */
const pauseMs = 400

/** The strength of what stands in a field for a new password; null while there is nothing to judge. */
export function useStrength(): [Strength | null, (control: HTMLInputElement) => void] {
  const [strength, setStrength] = useState<Strength | null>(null)
  const meter = useRef<StrengthMeter>(null)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const isEmpty = useRef(true)

  useEffect(
    () => () => {
      clearTimeout(timer.current)
      meter.current?.close()
      meter.current = null
    },
    [],
  )

  const judge = useCallback((control: HTMLInputElement) => {
    clearTimeout(timer.current)
    isEmpty.current = control.value === ''
    if (isEmpty.current) {
      setStrength(null)
      return
    }
    meter.current ??= openStrengthMeter((answer) => {
      if (!isEmpty.current) setStrength(answer)
    })
    timer.current = setTimeout(() => {
      meter.current?.ask({ password: control.value, personal: personalWords(control) })
    }, pauseMs)
  }, [])

  return [strength, judge]
}

/** What else stands in the form, whole and in its parts, and the name of the house. */
function personalWords({ form }: HTMLInputElement): string[] {
  const texts = [...(form?.elements ?? [])].flatMap((element) =>
    element instanceof HTMLInputElement && ['text', 'email'].includes(element.type) ? [element.value] : [],
  )
  return ['latchkey', ...texts, ...texts.flatMap((text) => text.split(/[^\p{L}\p{N}]+/u))].filter(
    (word) => word.length > 2,
  )
}
