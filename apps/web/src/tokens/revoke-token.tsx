import type { Self, Token } from '@app/contract'
import { useState } from 'react'
import { flushSync } from 'react-dom'
import { useApi } from '../api/api.ts'
import { failureText } from '../api/failure-text.ts'
import type { Message } from '../api/failure-text.ts'
import { buttonProblem } from '../api/form-problems.ts'
import { useConfirmed } from '../auth/confirm-identity.tsx'
import { ConfirmDialog } from '../components/confirm-dialog.tsx'
import { useFlash } from '../components/flash.tsx'
import { useRefreshedTokens } from './use-tokens.ts'

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
  const confirmed = useConfirmed()
  const flash = useFlash()
  const refresh = useRefreshedTokens(viewer)
  const [pending, setPending] = useState(false)
  const [problem, setProblem] = useState<Message>()
  const { id, name } = token

  const request = () =>
    isOfAnother
      ? confirmed(() => client.users.revokeToken.mutate({ id }))
      : confirmed(() => client.tokens.revoke.mutate({ id }))

  async function revoke() {
    setPending(true)
    setProblem(undefined)
    const result = await request()
    setPending(false)
    if (result.ok) return end(`Token revoked: ${name}.`)
    const { failure } = result
    switch (failure.reason) {
      case 'NOT_FOUND':
        return end('This token was already revoked.')
      case 'REAUTH_REQUIRED':
        return setProblem(failureText(failure))
      default:
        return setProblem(buttonProblem(failure, result.requestId))
    }
  }

  async function end(message: string) {
    await refresh()
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
