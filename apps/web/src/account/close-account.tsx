import { normalizeUsername } from '@app/contract'
import type { Self } from '@app/contract'
import { useMemo } from 'react'
import * as z from 'zod/mini'
import { useApi } from '../api/api.ts'
import { formProblems, inForm } from '../api/form-problems.ts'
import { useConfirmed } from '../auth/confirm-identity.tsx'
import { useShowSignedOut } from '../auth/use-show-signed-out.ts'
import { Untranslated } from '../components/untranslated.tsx'
import { EntryForm } from '../forms/entry-form.tsx'
import { TextField } from '../forms/text-field.tsx'
import styles from './close-account.module.css'

export function CloseAccount({ viewer }: { viewer: Self }) {
  const api = useApi()
  const confirmed = useConfirmed()
  const showSignedOut = useShowSignedOut()
  const schema = useMemo(() => closeInput(viewer), [viewer])
  return (
    <>
      <p>
        This cannot be undone, by you or by an admin. Export your data first if you want to keep any of it.
      </p>
      <ul className={styles['consequences']}>
        <li>
          <strong>Deleted:</strong> your profile, your email addresses, everything that you stored here, and
          all your sessions.
        </li>
        <li>
          <strong>Kept:</strong> your user name stays taken, so that no other user can pose as you. The
          activity of the account is kept for 180 days, without your IP addresses and devices.
        </li>
      </ul>
      <EntryForm
        schema={schema}
        label="Close your account"
        submitLabel="Close my account"
        submitLook="danger"
        onSubmit={async () => {
          const result = await confirmed(() => api.client.account.close.mutate({}))
          if (result.ok) {
            showSignedOut('Your account is closed and its data is deleted.', 'account-closed')
            return undefined
          }
          return formProblems(result, {
            LAST_ADMIN:
              'You are the only admin, and there must be one. Make another user an admin first, on the Users page.',
            REAUTH_REQUIRED: inForm,
          })
        }}
      >
        <TextField
          name="username"
          label="Your user name, to confirm"
          hint={
            <>
              Type <Untranslated>{viewer.username}</Untranslated>
            </>
          }
          autoComplete="off"
          plain
        />
      </EntryForm>
    </>
  )
}

/** Makes the schema of the form. The user types the user name to prevent an accident; it is not sent. */
function closeInput({ username }: Self) {
  return z.strictObject({
    username: z
      .string()
      .check(z.refine((typed) => normalizeUsername(typed) === username, 'This is not your user name.')),
  })
}
