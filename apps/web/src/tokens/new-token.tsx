import type { CreatedToken } from '@app/contract'
import type * as z from 'zod/mini'
import { Copyable } from '../components/copyable.tsx'
import { FormResult } from '../components/form-result.tsx'
import { Moment } from '../components/moment.tsx'
import { Untranslated } from '../components/untranslated.tsx'

/** Shows a new token, which the server does not show again. */
export function NewToken({ created }: { created: z.infer<typeof CreatedToken> }) {
  return (
    <FormResult label="New token">
      <p>
        Copy the token <Untranslated>{created.name}</Untranslated> now: it is not shown again. It works until{' '}
        <Moment at={created.expiresAt} />. Anyone who has it can do what it allows.
      </p>
      <Copyable boxed label="access token" text={created.token} />
    </FormResult>
  )
}
