import type { Self, TotpEnrollment } from '@app/contract'
import { Smartphone } from 'lucide-react'
import { useState } from 'react'
import { flushSync } from 'react-dom'
import { useApi } from '../../api/api.ts'
import { useConfirmedAction } from '../../auth/use-confirmed-action.ts'
import { Badge } from '../../components/badge.tsx'
import { Button } from '../../components/button.tsx'
import { useFlash } from '../../components/flash.tsx'
import { FormAlert } from '../../components/form-alert.tsx'
import { IconTile } from '../../components/icon-tile.tsx'
import { ItemRow } from '../../components/item-row.tsx'
import { addedText, removedText } from './ended-text.ts'
import { FactorDates } from './factor-dates.tsx'
import { RemoveDialog } from './remove-dialog.tsx'
import { TotpSetUp } from './totp-set-up.tsx'
import { useRefreshSecurity } from './use-security.ts'

interface AuthenticatorRowProps {
  viewer: Self
  /** Null without an authenticator app. */
  totp: { createdAt: string; lastUsedAt: string | null } | null
  nowMs: number
  /** Called with the recovery codes that the server made for the first second factor. */
  onCodes: (codes: readonly string[]) => void
  /** Called after the list changed. */
  onChanged: () => void
}

/** Shows whether the account has an authenticator app, sets one up or removes it. */
export function AuthenticatorRow({ viewer, totp, nowMs, onCodes, onChanged }: AuthenticatorRowProps) {
  const { client } = useApi()
  const flash = useFlash()
  const refresh = useRefreshSecurity(viewer)
  const setUp = useConfirmedAction(refresh)
  const removal = useConfirmedAction(refresh)
  const [enrollment, setEnrollment] = useState<TotpEnrollment>()
  const [isRemoving, setIsRemoving] = useState(false)

  async function start() {
    setEnrollment(await setUp.run(() => client.totp.enroll.mutate({})))
  }

  async function remove(choice: { endOtherSessions: boolean }) {
    const removed = await removal.run(() => client.totp.remove.mutate(choice))
    if (removed === undefined) return
    // The closing dialog returns the focus to its button, which was replaced.
    flushSync(() => setIsRemoving(false))
    flash.show(removedText('Authenticator app', removed.endedSessions))
    onChanged()
  }

  return (
    <ItemRow
      actionBelow
      lead={<IconTile icon={Smartphone} />}
      title="Authenticator app"
      badges={totp && <Badge tone="success">On</Badge>}
      detail={
        totp === null ? (
          <span>Codes from an app on your phone, such as Google Authenticator or 1Password.</span>
        ) : (
          <FactorDates {...totp} nowMs={nowMs} />
        )
      }
      action={
        totp === null ? (
          <Button pending={setUp.pending} onClick={() => void start()}>
            Set up
          </Button>
        ) : (
          <Button onClick={() => setIsRemoving(true)}>Remove</Button>
        )
      }
    >
      {setUp.problem !== undefined && <FormAlert problem={setUp.problem} />}
      {enrollment !== undefined && (
        <TotpSetUp
          viewer={viewer}
          enrollment={enrollment}
          onClose={() => setEnrollment(undefined)}
          onAdded={({ recoveryCodes, endedSessions }) => {
            flushSync(() => setEnrollment(undefined))
            flash.show(addedText('Authenticator app', endedSessions))
            void refresh()
            if (recoveryCodes !== null) onCodes(recoveryCodes)
            else onChanged()
          }}
        />
      )}
      {isRemoving && (
        <RemoveDialog
          title="Remove the authenticator app?"
          confirmLabel="Remove"
          pending={removal.pending}
          problem={removal.problem}
          onConfirm={(choice) => void remove(choice)}
          onClose={() => {
            setIsRemoving(false)
            removal.setProblem(undefined)
          }}
        >
          <p>Its codes stop working immediately. Delete the account in the app too.</p>
        </RemoveDialog>
      )}
    </ItemRow>
  )
}
