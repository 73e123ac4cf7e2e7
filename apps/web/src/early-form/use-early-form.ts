import { useLayoutEffect, useState, useSyncExternalStore } from 'react'
import type { RefObject } from 'react'

/**
 * Continues the form of index.html of the same name (early-form.ts): takes over what the user typed, the
 * focus, and a submit. The values of its fields win over those of a former visit.
 */
export function useEarlyForm(ref: RefObject<HTMLFormElement | null>, label: string): void {
  const [early] = useState(() => earlyFieldsOf(label))
  // React checks a store again right before it removes the early form, because rendering takes many frames.
  const focused = useSyncExternalStore(neverChanged, () =>
    early?.find((field) => field === document.activeElement),
  )
  useLayoutEffect(() => {
    const { earlyForm } = window
    const form = ref.current
    if (form === null || earlyForm === undefined || early === undefined) return
    delete window.earlyForm
    for (const typed of early) {
      const own = form.elements.namedItem(typed.name)
      if (!(own instanceof HTMLInputElement)) continue
      if (typed.checked) own.checked = true
      if (typed.value !== '') own.value = typed.value
      // The strength of a password, for example.
      if (typed.value !== '' || typed.checked) own.dispatchEvent(new Event('input', { bubbles: true }))
      if (typed === focused) moveFocus(typed, own)
    }
    // After this render, because the form renders its pending state at once.
    if (earlyForm.dataset['submitted'] !== undefined) queueMicrotask(() => form.requestSubmit())
  }, [ref, early, focused])
}

const neverChanged = () => () => undefined

/** Returns the fields of the early form of this name. */
function earlyFieldsOf(label: string): HTMLInputElement[] | undefined {
  const form = window.earlyForm
  if (form?.getAttribute('aria-label') !== label) return undefined
  return [...form.elements].filter((element) => element instanceof HTMLInputElement)
}

function moveFocus(from: HTMLInputElement, to: HTMLInputElement): void {
  to.focus({ preventScroll: true })
  // Null for fields without a caret, such as a checkbox.
  if (from.selectionStart !== null) to.setSelectionRange(from.selectionStart, from.selectionEnd)
}
