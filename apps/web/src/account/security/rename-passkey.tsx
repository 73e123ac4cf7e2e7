import { RenamePasskeyInput } from '@app/contract'
import type { Passkey, Self } from '@app/contract'
import * as z from 'zod/mini'
import { useApi } from '../../api/api.ts'
import { formProblems, inForm } from '../../api/form-problems.ts'
import { Dialog } from '../../components/dialog.tsx'
import { EntryForm } from '../../forms/entry-form.tsx'
import { TextField } from '../../forms/text-field.tsx'
import { useRefreshSecurity } from './use-security.ts'

const NameInput = z.pick(RenamePasskeyInput, { name: true })

interface RenamePasskeyProps {
  viewer: Self
  passkey: Passkey
  onClose: () => void
}

/** Asks for another name of a passkey. */
export function RenamePasskey({ viewer, passkey, onClose }: RenamePasskeyProps) {
  const api = useApi()
  const refresh = useRefreshSecurity(viewer)
  return (
    <Dialog title="Rename passkey" onClose={onClose}>
      <EntryForm
        schema={NameInput}
        label="Rename passkey"
        keptAs={passkey.id}
        submitLabel="Rename"
        onCancel={onClose}
        onSubmit={async ({ name }) => {
          const result = await api.attempt(api.client.passkeys.rename.mutate({ id: passkey.id, name }))
          await refresh()
          if (result.ok) {
            onClose()
            return undefined
          }
          return formProblems(result, { NOT_FOUND: inForm })
        }}
      >
        <TextField name="name" label="Name" autoComplete="off" defaultValue={passkey.name} focused />
      </EntryForm>
    </Dialog>
  )
}
