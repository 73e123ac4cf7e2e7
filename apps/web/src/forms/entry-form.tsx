import { Form } from '@base-ui/react/form'
import { useCallback, useRef, useState } from 'react'
import type { ReactNode, SyntheticEvent } from 'react'
import { flushSync } from 'react-dom'
import { useLocation, useSearch } from 'wouter'
import type * as z from 'zod/mini'
import type { Message } from '../api/failure-text.ts'
import type { Problems } from '../api/form-problems.ts'
import { useFlash } from '../components/flash.tsx'
import { FormAlert } from '../components/form-alert.tsx'
import type { FieldProblem } from '../components/form-alert.tsx'
import { useKeptForm } from '../drafts/kept-form.ts'
import { FieldCheckProvider, KeptValuesProvider } from './entry-form-context.ts'
import { readForm } from './read-form.ts'
import { SubmitButton } from './submit-button.tsx'
import styles from './entry-form.module.css'

/** The input of a procedure: an object whose fields can be checked one by one. */
type InputSchema = z.ZodMiniObject<Record<string, z.ZodMiniType>>

/** A wait that depends on the value of one field, and that outlives a reload. */
interface FormWait {
  field: string
  /** The message of a wait from before a reload. */
  restored: Message | undefined
  /** Called when the user changes the field. */
  onDrop: () => void
}

interface EntryFormProps<S extends InputSchema> {
  /**
   * The input of the procedure that the form calls. Every field is validated against it before the call.
   */
  schema: S
  /** Resolves to the problems, or to nothing after a success. The fields keep their values. */
  onSubmit: (input: z.output<S>) => Promise<Problems | undefined>
  /** The accessible name of the form. */
  label: string
  submitLabel: string
  /** `final` for a destructive action. Default: primary. */
  submitLook?: 'primary' | 'final'
  /** Further buttons, after the submit button. */
  actions?: ReactNode
  wait?: FormWait
  /** Called after every change of a field. */
  onInput?: (form: HTMLFormElement) => void
  children: ReactNode
}

export function EntryForm<S extends InputSchema>({
  schema,
  onSubmit,
  label,
  submitLabel,
  submitLook = 'primary',
  actions,
  wait,
  onInput,
  children,
}: EntryFormProps<S>) {
  const { dismiss } = useFlash()
  const [path] = useLocation()
  const search = useSearch()
  const kept = useKeptForm(label)
  const [problems, setProblems] = useState<ShownProblems>(() =>
    wait?.restored === undefined ? noProblems : { ...noProblems, form: wait.restored },
  )
  const [pending, setPending] = useState(false)
  // After the first attempt every change of a field validates it.
  const [attempted, setAttempted] = useState(false)
  const fieldsOfForm = useRef<Form.Actions>(null)
  // The state changes a render later: a ref also stops the second click of a double click.
  const underWay = useRef(false)

  const retryAt = typeof problems.form === 'object' ? problems.form.retryAt : undefined

  const check = useCallback((name: string, value: unknown) => fieldProblem(schema, name, value), [schema])

  async function submit(event: SyntheticEvent<HTMLFormElement>) {
    event.preventDefault()
    // The component library would move the focus to the first field, away from the summary.
    event.stopPropagation()
    if (underWay.current) return
    const form = event.currentTarget
    // A password manager submits without the button, which ignores clicks meanwhile.
    if (retryAt !== undefined && Date.now() < retryAt) return
    // Removes the success message of a former attempt.
    dismiss()
    // The errors of the last call must not block the next one: their cause may be in another field.
    flushSync(() => setProblems(noProblems))
    setAttempted(true)
    fieldsOfForm.current?.validate()
    const parsed = schema.safeParse(readForm(form, isOptional(schema)))
    if (!parsed.success) {
      setProblems(inForm(form, problemsOf(parsed.error)))
      return
    }
    underWay.current = true
    setPending(true)
    try {
      const found = await onSubmit(parsed.data)
      if (found) setProblems(inForm(form, found))
      else kept.drop()
    } finally {
      underWay.current = false
      setPending(false)
    }
  }

  /** Keeps the summary in step with a field while the user corrects it. */
  function updateSummary(control: EventTarget) {
    if (!(control instanceof HTMLInputElement)) return
    const { id, name, value } = control
    if (problems.atFields.every(({ controlId }) => controlId !== id)) return
    const isCorrected = check(name, value) === null
    // A password manager can fill in a field while its link in the summary has the focus.
    if (isCorrected && document.activeElement?.closest('[role=alert]')) control.focus()
    setProblems((shown) => ({
      ...shown,
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
    <Form
      className={styles['form']}
      aria-label={label}
      // Never GET: a password manager may submit the form without this code, and the URL would contain the
      // password.
      method="post"
      action={search === '' ? path : `${path}?${search}`}
      errors={problems.fields}
      validationMode={attempted ? 'onChange' : 'onSubmit'}
      actionsRef={fieldsOfForm}
      onSubmitCapture={(event) => void submit(event)}
      onInput={({ currentTarget, target }) => {
        kept.keep(currentTarget)
        updateSummary(target)
        dropWait(target)
        onInput?.(currentTarget)
      }}
    >
      <FormAlert problem={problems.form} fields={problems.atFields} takesFocus={attempted} hidesClock />
      <KeptValuesProvider value={kept.values}>
        <FieldCheckProvider value={check}>{children}</FieldCheckProvider>
      </KeptValuesProvider>
      <div className={styles['actions']}>
        <SubmitButton label={submitLabel} look={submitLook} pending={pending} retryAt={retryAt} />
        {actions}
      </div>
    </Form>
  )
}

/** The problems that a form shows, with the ids of the fields. */
interface ShownProblems extends Problems {
  atFields: FieldProblem[]
}

const noProblems: ShownProblems = { atFields: [] }

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

function problemsOf(error: z.core.$ZodError): Problems {
  const fields: Record<string, string[]> = {}
  // The first error of each field, which the field shows too.
  for (const { path, message } of error.issues) fields[String(path[0] ?? '')] ??= [message]
  return { fields }
}

function fieldProblem(schema: InputSchema, name: string, value: unknown): string | null {
  const field = schema.shape[name]
  if (field === undefined) return null
  const result = field.safeParse(value === '' && isOptional(schema)(name) ? undefined : value)
  return result.success ? null : (result.error.issues[0]?.message ?? null)
}

function isOptional(schema: InputSchema): (name: string) => boolean {
  return (name) => schema.shape[name]?.safeParse(undefined).success ?? false
}
