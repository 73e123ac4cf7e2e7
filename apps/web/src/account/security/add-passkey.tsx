import type { Self } from '@app/contract'
import { useApi } from '../../api/api.ts'
import { createPasskey, passkeyTexts } from '../../auth/proof/webauthn.ts'
import { useConfirmedAction } from '../../auth/use-confirmed-action.ts'
import { Button } from '../../components/button.tsx'
import { useFlash } from '../../components/flash.tsx'
import { FormAlert } from '../../components/form-alert.tsx'
import { addedText } from './ended-text.ts'
import { useRefreshSecurity } from './use-security.ts'
import styles from './security.module.css'

const newPasskeyTexts: typeof passkeyTexts = {
  ...passkeyTexts,
  cancelled: 'No passkey was added: the prompt of your browser was closed or timed out. Try again.',
}

interface AddPasskeyProps {
  viewer: Self
  onCodes: (codes: readonly string[]) => void
}

/** Renders the button that adds a passkey. The browser asks the rest; the server names it. */
export function AddPasskey({ viewer, onCodes }: AddPasskeyProps) {
  const { client } = useApi()
  const flash = useFlash()
  const { pending, problem, setProblem, run } = useConfirmedAction(useRefreshSecurity(viewer))

  async function add() {
    const options = await run(() => client.passkeys.options.mutate({}))
    if (options === undefined) return
    const answer = await createPasskey(options)
    if (!answer.ok) {
      if (answer.problem !== 'aborted') setProblem(newPasskeyTexts[answer.problem])
      return
    }
    const added = await run(() => client.passkeys.register.mutate({ response: answer.response }))
    if (added === undefined) return
    flash.show(addedText(`Passkey “${added.passkey.name}”`, added.endedSessions))
    if (added.recoveryCodes !== null) onCodes(added.recoveryCodes)
  }

  return (
    <>
      <div className={styles['action']}>
        <Button pending={pending} onClick={() => void add()}>
          Add a passkey
        </Button>
      </div>
      {problem !== undefined && (
        <div className={styles['head-problem']}>
          <FormAlert problem={problem} />
        </div>
      )}
    </>
  )
}
