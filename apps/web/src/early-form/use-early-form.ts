import { useLayoutEffect, useState } from 'react'
import type { RefObject } from 'react'

/**
 * Continues the form of index.html of the same name (early-form.ts): takes over what the user typed, the
 * focus, and a submit. The values of its fields win over those of a former visit.
 */
export function useEarlyForm(ref: RefObject<HTMLFormElement | null>, label: string): void {
  const [{ early, focused }] = useState(() => readEarlyForm(label))
  useLayoutEffect(() => {
    const form = ref.current
    if (form === null || early === undefined || window.earlyForm !== early) return
    delete window.earlyForm
    for (const typed of inputsOf(early)) {
      const own = form.elements.namedItem(typed.name)
      if (!(own instanceof HTMLInputElement)) continue
      if (typed.checked) own.checked = true
      if (typed.value !== '') own.value = typed.value
      // The strength of a password, for example.
      if (typed.value !== '' || typed.checked) own.dispatchEvent(new Event('input', { bubbles: true }))
      if (typed.name === focused) moveFocus(typed, own)
    }
    // After this render, because the form renders its pending state at once.
    if (early.dataset['submitted'] !== undefined) queueMicrotask(() => form.requestSubmit())
  }, [ref, early, focused])
}

/** Reads which field has the focus while the early form is still in the document. */
function readEarlyForm(label: string) {
  const { earlyForm } = window
  if (earlyForm?.getAttribute('aria-label') !== label) return { early: undefined, focused: undefined }
  const field = document.activeElement
  const isField = field instanceof HTMLInputElement && earlyForm.contains(field)
  return { early: earlyForm, focused: isField ? field.name : undefined }
}

function inputsOf(form: HTMLFormElement): HTMLInputElement[] {
  return [...form.elements].filter((element) => element instanceof HTMLInputElement)
}

function moveFocus(from: HTMLInputElement, to: HTMLInputElement): void {
  to.focus({ preventScroll: true })
  // Null for fields without a caret, such as a checkbox.
  if (from.selectionStart !== null) to.setSelectionRange(from.selectionStart, from.selectionEnd)
}
