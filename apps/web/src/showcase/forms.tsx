import { useEffect, useRef } from 'react'
import * as z from 'zod/mini'
import type { Problems } from '../api/form-problems.ts'
import { FlashProvider } from '../components/flash.tsx'
import { EntryForm } from '../forms/entry-form.tsx'
import { TextField } from '../forms/text-field.tsx'
import { Kind, Specimen } from './specimen.tsx'

const schema = z.strictObject({ name: z.string() })

const failed: Problems = {
  form: 'The name was not saved.',
  fields: { name: ['This user name is taken. Choose another one.'] },
}

const limited: Problems = { form: { text: 'Too many attempts.', retryAt: Date.now() + 582_000 } }

export function Forms() {
  return (
    <Kind name="Forms">
      <Specimen name="untouched">
        <Example label="Untouched form" />
      </Specimen>
      <Specimen name="pending">
        <Example label="Pending form" submit={() => new Promise(() => {})} />
      </Specimen>
      <Specimen name="waiting">
        <Example label="Waiting form" submit={() => Promise.resolve(limited)} />
      </Specimen>
      <Specimen name="failed">
        <Example label="Failed form" submit={() => Promise.resolve(failed)} />
      </Specimen>
    </Kind>
  )
}

interface ExampleProps {
  label: string
  /** The result of a submit, which happens immediately. Without it nothing is sent. */
  submit?: () => Promise<Problems>
}

function Example({ label, submit }: ExampleProps) {
  const box = useRef<HTMLDivElement>(null)
  const isSent = submit !== undefined
  useEffect(() => {
    // After the render, as a user would.
    const timer = setTimeout(() => isSent && box.current?.querySelector('form')?.requestSubmit())
    return () => clearTimeout(timer)
  }, [isSent])
  return (
    <div ref={box}>
      {/* A separate provider, because a form dismisses the message of its provider. */}
      <FlashProvider>
        <EntryForm
          schema={schema}
          label={label}
          submitLabel="Save"
          onSubmit={() => submit?.() ?? Promise.resolve(undefined)}
        >
          <TextField name="name" label="Name" autoComplete="off" defaultValue="grace" />
        </EntryForm>
      </FlashProvider>
    </div>
  )
}
