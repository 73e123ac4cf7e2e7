/** Calls `logIn` when the form is sent, and shows its text. */
export function onSubmit(logIn: (username: string, password: string) => Promise<string>): void {
  const form = document.querySelector('form')
  form?.addEventListener('submit', (event) => {
    event.preventDefault()
    const fields = new FormData(form)
    const text = (name: string) => {
      const value = fields.get(name)
      return typeof value === 'string' ? value : ''
    }
    const shown = logIn(text('username'), text('password')).catch(() => 'The server cannot be reached.')
    void shown.then((message) => form.append(message))
  })
}
