import { useLayoutEffect, useState, useSyncExternalStore } from 'react'
import type { RefObject } from 'react'

/**
 * Continues the form of index.html of the same name (early-form.ts): takes over what the user typed, the
 * focus, and a submit. The values of its fields win over those of a former visit.
 */
export function useEarlyForm(ref: RefObject<HTMLFormElement | null>, label: string): void {
  const [early] = useState(() => earlyFormOf(label))
  // React checks a store again right before it removes the early form, because rendering takes many frames.
  const focused = useSyncExternalStore(neverChanged, () => early?.focusedField())
  useLayoutEffect(() => {
    const form = ref.current
    if (form === null || early?.form !== window.earlyForm || early === undefined) return
    delete window.earlyForm
    for (const typed of inputsOf(early.form)) {
      const own = form.elements.namedItem(typed.name)
      if (!(own instanceof HTMLInputElement)) continue
      if (typed.checked) own.checked = true
      if (typed.value !== '') own.value = typed.value
      // The strength of a password, for example.
      if (typed.value !== '' || typed.checked) own.dispatchEvent(new Event('input', { bubbles: true }))
      if (typed === focused) moveFocus(typed, own)
    }
    // After this render, because the form renders its pending state at once.
    if (early.form.dataset['submitted'] !== undefined) queueMicrotask(() => form.requestSubmit())
  }, [ref, early, focused])
}

const neverChanged = () => () => undefined

/** Returns the early form of this name, and which of its fields has, or had at last, the focus. */
function earlyFormOf(label: string) {
  const form = window.earlyForm
  if (form?.getAttribute('aria-label') !== label) return undefined
  let focused: HTMLInputElement | undefined
  const focusedField = () => {
    // Removed from the page, it loses the focus.
    if (form.isConnected) focused = inputsOf(form).find((field) => field === document.activeElement)
    return focused
  }
  return { form, focusedField }
}

function inputsOf(form: HTMLFormElement): HTMLInputElement[] {
  return [...form.elements].filter((element) => element instanceof HTMLInputElement)
}

function moveFocus(from: HTMLInputElement, to: HTMLInputElement): void {
  to.focus({ preventScroll: true })
  // Null for fields without a caret, such as a checkbox.
  if (from.selectionStart !== null) to.setSelectionRange(from.selectionStart, from.selectionEnd)
}
