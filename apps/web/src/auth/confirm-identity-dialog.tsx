import type { ReauthMethod } from '@app/contract'
import { useApi } from '../api/api.ts'
import { atField, formProblems, inForm } from '../api/form-problems.ts'
import type { Problems } from '../api/form-problems.ts'
import { Button } from '../components/button.tsx'
import { Dialog } from '../components/dialog.tsx'
import { useViewer } from '../session/viewer.ts'
import type { Proof } from './proof/methods.ts'
import { ProveIdentity } from './proof/prove-identity.tsx'
import { ProviderLinks } from './provider-links.tsx'
import { currentPath } from './redirect-to.ts'
import { useAccountOptions } from './use-account-options.ts'

interface ConfirmIdentityDialogProps {
  /** The methods that the server accepts. */
  methods: readonly ReauthMethod[]
  onClose: (confirmed: boolean) => void
}

/** Asks for a proof of the user, who logged in some time ago or with one factor only. */
export function ConfirmIdentityDialog({ methods, onClose }: ConfirmIdentityDialogProps) {
  const api = useApi()
  const { data: viewer } = useViewer()
  const options = useAccountOptions()
  const isPassword = methods.length === 1 && methods[0] === 'password'
  const title = isPassword ? 'Confirm your password' : 'Confirm it is you'

  async function send(proof: Proof): Promise<Problems | undefined> {
    const result = await api.attempt(api.client.auth.elevate.mutate(proof))
    if (result.ok) {
      onClose(true)
      return undefined
    }
    return formProblems(result, {
      INVALID_CREDENTIALS: atField('password', 'This is not your password.'),
      CODE_INVALID: atField('code'),
      PASSKEY_INVALID: inForm,
      REAUTH_REQUIRED: inForm,
      // The lock screen replaces this prompt.
      UNAUTHENTICATED: inForm,
      SESSION_EXPIRED: inForm,
    })
  }

  return (
    <Dialog title={title} onClose={() => onClose(false)}>
      <p>
        {isPassword
          ? 'Enter your password again to continue: you logged in some time ago.'
          : 'This needs a fresh proof that it is you.'}
      </p>
      <ProveIdentity
        methods={methods}
        purpose="elevation"
        label={title}
        submitLabel="Confirm"
        username={viewer?.username}
        onProof={send}
        actions={<Button onClick={() => onClose(false)}>Cancel</Button>}
      >
        {!methods.includes('oidc') && (
          <p>There is no way to confirm it here. Log out, log in again, and repeat it within ten minutes.</p>
        )}
      </ProveIdentity>
      {methods.includes('oidc') && (
        <ProviderLinks providers={options?.providers ?? []} purpose="elevate" redirectTo={currentPath()} />
      )}
    </Dialog>
  )
}
