import type { Self, Token } from '@app/contract'
import { flushSync } from 'react-dom'
import { useApi } from '../api/api.ts'
import { useConfirmedAction } from '../auth/use-confirmed-action.ts'
import { ConfirmDialog } from '../components/confirm-dialog.tsx'
import { useFlash } from '../components/flash.tsx'
import { useRefreshTokens } from './use-tokens.ts'

export interface RevokeTokenProps {
  viewer: Self
  token: Token
  /** Whether it belongs to another user: then an admin revokes it. Default: false. */
  isOfAnother?: boolean
  onClose: () => void
  /** Called after the token was revoked. The caller moves the focus, because the button is removed. */
  onRevoked: () => void
}

/** Asks before a token is revoked. */
export function RevokeToken({ viewer, token, isOfAnother = false, onClose, onRevoked }: RevokeTokenProps) {
  const { client } = useApi()
  const flash = useFlash()
  const { pending, problem, run } = useConfirmedAction(useRefreshTokens(viewer))
  const { id, name } = token

  async function revoke() {
    const revoked = await run(
      () => (isOfAnother ? client.users.revokeToken.mutate({ id }) : client.tokens.revoke.mutate({ id })),
      () => end('This token was already revoked.'),
    )
    if (revoked) end(`Token revoked: ${name}.`)
  }

  function end(message: string) {
    // The closing dialog returns the focus to its button, which is removed.
    flushSync(onClose)
    flash.show(message)
    onRevoked()
  }

  return (
    <ConfirmDialog
      title={`Revoke the token ${name}?`}
      confirmLabel="Revoke token"
      pending={pending}
      problem={problem}
      onConfirm={() => void revoke()}
      onClose={onClose}
    >
      <p>
        The program that uses it can no longer act for {isOfAnother ? 'the user' : 'you'}. This cannot be
        undone.
      </p>
    </ConfirmDialog>
  )
}
