/**
 * Returns the values of a form as the input of a procedure. A checkbox is a boolean, and an empty optional
 * field is left out.
 */
export function readForm(
  form: HTMLFormElement,
  mayBeLeftOut: (name: string) => boolean,
): Record<string, unknown> {
  const values: Record<string, unknown> = {}
  for (const element of form.elements) {
    if (element instanceof HTMLInputElement && element.type === 'checkbox')
      values[element.name] = element.checked
    else if (element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement) {
      if (element.name === '' || (element.value === '' && mayBeLeftOut(element.name))) continue
      values[element.name] = element.value
    }
  }
  return values
}
