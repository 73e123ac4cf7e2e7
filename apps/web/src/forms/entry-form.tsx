import { useRef, useState } from 'react'
import type { ReactNode, SyntheticEvent } from 'react'
import { flushSync } from 'react-dom'
import { useLocation, useSearch } from 'wouter'
import type { Message } from '../api/failure-text.ts'
import type { Problems } from '../api/form-problems.ts'
import { Actions } from '../components/actions.tsx'
import { Button } from '../components/button.tsx'
import { useFlash } from '../components/flash.tsx'
import { FormAlert } from '../components/form-alert.tsx'
import type { FieldProblem } from '../components/form-alert.tsx'
import { useKeptForm } from '../drafts/kept-form.ts'
import { useEarlyForm } from '../early-form/use-early-form.ts'
import { FieldErrorsProvider, KeptValuesProvider } from './entry-form-context.ts'
import type { FieldErrors } from './entry-form-context.ts'
import type { FormSchema, ParseError } from './form-schema.ts'
import { readForm } from './read-form.ts'
import { SubmitButton } from './submit-button.tsx'
import styles from './entry-form.module.css'

/** A wait that depends on the value of one field, and that outlives a reload. */
interface FormWait {
  field: string
  /** The message of a wait from before a reload. */
  restored: Message | undefined
  /** Called when the user changes the field. */
  onDrop: () => void
}

interface EntryFormProps<Input> {
  /**
   * The input of the procedure that the form calls. Every field is validated against it before the call.
   */
  schema: FormSchema<Input>
  /** Resolves to the problems, or to nothing after a success. The fields keep their values. */
  onSubmit: (input: Input) => Promise<Problems | undefined>
  /** Called after a success, when the typed texts are dropped: the owner may mount an empty form. */
  onDone?: () => void
  /** The accessible name of the form. */
  label: string
  /** An id, if the form is about one of several objects: text typed for one is not offered for another. */
  keptAs?: string | undefined
  submitLabel: string
  /** `danger` for a destructive action. Default: primary. */
  submitLook?: 'primary' | 'danger'
  /** Shown above the problems, for what the user does before filling in the fields. */
  intro?: ReactNode
  /** Further buttons, before the submit button. */
  actions?: ReactNode
  /** Called by a button "Cancel", which drops the typed texts. */
  onCancel?: () => void
  wait?: FormWait
  /** Called after every change of a field. */
  onInput?: (form: HTMLFormElement) => void
  children: ReactNode
}

export function EntryForm<Input>({
  schema,
  onSubmit,
  onDone,
  label,
  keptAs,
  submitLabel,
  submitLook = 'primary',
  intro,
  actions,
  onCancel,
  wait,
  onInput,
  children,
}: EntryFormProps<Input>) {
  const { dismiss } = useFlash()
  const [path] = useLocation()
  const search = useSearch()
  const kept = useKeptForm(label, keptAs)
  const [problems, setProblems] = useState<ShownProblems>(() =>
    wait?.restored === undefined ? noProblems : { ...noProblems, form: wait.restored },
  )
  const [pending, setPending] = useState(false)
  // After the first attempt every change of a field validates it.
  const [attempted, setAttempted] = useState(false)
  // The state changes a render later: a ref also stops the second click of a double click.
  const underWay = useRef(false)
  const element = useRef<HTMLFormElement>(null)
  useEarlyForm(element, label)

  const retryAt = typeof problems.form === 'object' ? problems.form.retryAt : undefined

  async function submit(event: SyntheticEvent<HTMLFormElement>) {
    event.preventDefault()
    if (underWay.current) return
    const form = event.currentTarget
    // A password manager submits without the button, which ignores clicks meanwhile.
    if (retryAt !== undefined && Date.now() < retryAt) return
    // Removes the success message of a former attempt.
    dismiss()
    // Removes the errors first, so that the same sentence is announced again.
    flushSync(() => setProblems(noProblems))
    setAttempted(true)
    const parsed = schema.safeParse(readForm(form, isOptional(schema)))
    if (!parsed.success) {
      setProblems(inForm(form, problemsOf(parsed.error)))
      return
    }
    underWay.current = true
    setPending(true)
    try {
      const found = await onSubmit(parsed.data)
      if (found) return setProblems(inForm(form, found))
      kept.drop()
      onDone?.()
    } finally {
      underWay.current = false
      setPending(false)
    }
  }

  function cancel() {
    kept.drop()
    onCancel?.()
  }

  /** Keeps the error of a field, and the summary, in step with what the user types. */
  function recheck(control: EventTarget) {
    if (!attempted || !(control instanceof HTMLInputElement) || control.type === 'checkbox') return
    const { id, name, value } = control
    const error = fieldProblem(schema, name, value)
    const isCorrected = error === null
    const isInSummary = problems.atFields.some(({ controlId }) => controlId === id)
    if (isCorrected && problems.fields[name] === undefined && !isInSummary) return
    // A password manager can fill in a field while its link in the summary has the focus.
    if (isCorrected && isInSummary && document.activeElement?.closest('[role=alert]')) control.focus()
    setProblems((shown) => ({
      ...shown,
      fields: { ...shown.fields, [name]: isCorrected ? [] : [error] },
      atFields: shown.atFields.map((field) => (field.controlId === id ? { ...field, isCorrected } : field)),
    }))
  }

  /** Ends a wait that was for another value, such as another user name. */
  function dropWait(control: EventTarget) {
    if (!(control instanceof HTMLInputElement) || wait === undefined || retryAt === undefined) return
    if (control.name !== wait.field) return
    setProblems(noProblems)
    wait.onDrop()
  }

  return (
    <form
      ref={element}
      className={styles['form']}
      aria-label={label}
      // Never GET: a password manager may submit the form without this code, and the URL would contain the
      // password.
      method="post"
      // With the fragment, the secret of a link: browsers keep it over a redirect and send it to no server.
      action={`${search === '' ? path : `${path}?${search}`}${window.location.hash}`}
      // The schema checks the fields, with sentences of our own.
      noValidate
      onSubmit={(event) => void submit(event)}
      onInput={({ currentTarget, target }) => {
        kept.keep(currentTarget)
        recheck(target)
        dropWait(target)
        onInput?.(currentTarget)
      }}
    >
      {intro}
      <FormAlert problem={problems.form} fields={problems.atFields} takesFocus={attempted} hidesClock />
      <KeptValuesProvider value={kept.values}>
        <FieldErrorsProvider value={problems.fields}>{children}</FieldErrorsProvider>
      </KeptValuesProvider>
      <Actions
        main={<SubmitButton label={submitLabel} look={submitLook} pending={pending} retryAt={retryAt} />}
      >
        {actions}
        {onCancel && <Button onClick={cancel}>Cancel</Button>}
      </Actions>
    </form>
  )
}

/** The problems that a form shows, with the ids of the fields. */
interface ShownProblems extends Pick<Problems, 'form'> {
  fields: FieldErrors
  atFields: FieldProblem[]
}

const noProblems: ShownProblems = { fields: {}, atFields: [] }

/** Moves errors about fields that this form does not have into the summary. */
function inForm(form: HTMLFormElement, { fields = {}, form: sentence }: Problems): ShownProblems {
  const atFields = [...form.elements]
    .filter((control) => fields[control.getAttribute('name') ?? ''] !== undefined)
    .map((control) => ({ controlId: control.id, label: labelOf(control) }))
  // A message with a wait concerns the whole form and replaces other errors.
  if (typeof sentence === 'object') return { fields, form: sentence, atFields }
  const elsewhere = Object.keys(fields).filter((name) => form.elements.namedItem(name) === null)
  const summary = [
    ...(sentence === undefined ? [] : [sentence]),
    ...elsewhere.flatMap((name) => fields[name] ?? []),
  ]
  return summary.length === 0 ? { fields, atFields } : { fields, form: summary.join(' '), atFields }
}

function labelOf(control: Element): string {
  return control.closest<HTMLElement>('[data-label]')?.dataset['label'] ?? ''
}

function problemsOf(error: ParseError): Problems {
  const fields: Record<string, string[]> = {}
  // The first error of each field, which the field shows too.
  for (const { path, message } of error.issues) fields[String(path[0] ?? '')] ??= [message]
  return { fields }
}

function fieldProblem(schema: FormSchema<unknown>, name: string, value: unknown): string | null {
  const field = schema.shape[name]
  if (field === undefined) return null
  const result = field.safeParse(value === '' && isOptional(schema)(name) ? undefined : value)
  return result.success ? null : (result.error.issues[0]?.message ?? null)
}

function isOptional(schema: FormSchema<unknown>): (name: string) => boolean {
  return (name) => schema.shape[name]?.safeParse(undefined).success ?? false
}
