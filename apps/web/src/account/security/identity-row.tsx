import type { Identity, Self } from '@app/contract'
import { useState } from 'react'
import { flushSync } from 'react-dom'
import { useApi } from '../../api/api.ts'
import { providerIcon } from '../../auth/provider-icon.tsx'
import { useConfirmedAction } from '../../auth/use-confirmed-action.ts'
import { Badge } from '../../components/badge.tsx'
import { Button } from '../../components/button.tsx'
import { useFlash } from '../../components/flash.tsx'
import { IconTile } from '../../components/icon-tile.tsx'
import { ItemRow } from '../../components/item-row.tsx'
import { Untranslated } from '../../components/untranslated.tsx'
import { VisuallyHidden } from '../../components/visually-hidden.tsx'
import { endedText } from './ended-text.ts'
import { FactorDates } from './factor-dates.tsx'
import { RemoveDialog } from './remove-dialog.tsx'
import { useRefreshSecurity } from './use-security.ts'

interface IdentityRowProps {
  viewer: Self
  identity: Identity
  nowMs: number
  /** Called after the removal. The caller moves the focus, because the row disappears. */
  onUnlinked: () => void
}

/** Renders a linked outside account, with a button that unlinks it. */
export function IdentityRow({ viewer, identity, nowMs, onUnlinked }: IdentityRowProps) {
  const { client } = useApi()
  const flash = useFlash()
  const { pending, problem, setProblem, run } = useConfirmedAction(useRefreshSecurity(viewer))
  const [isAsking, setIsAsking] = useState(false)
  const { id, label, name, canLogIn } = identity

  async function unlink(choice: { endOtherSessions: boolean }) {
    const unlinked = await run(() => client.identities.unlink.mutate({ id, ...choice }))
    if (unlinked === undefined) return
    flushSync(() => setIsAsking(false))
    flash.show(`${label} unlinked.${endedText(unlinked.endedSessions)}`)
    onUnlinked()
  }

  return (
    <ItemRow
      actionBelow
      lead={<IconTile icon={providerIcon(identity.provider)} />}
      title={<span translate="no">{label}</span>}
      badges={!canLogIn && <Badge tone="warning">Not offered any more</Badge>}
      detail={
        <>
          <Untranslated>{name}</Untranslated>
          <FactorDates {...identity} nowMs={nowMs} />
        </>
      }
      action={
        <Button onClick={() => setIsAsking(true)}>
          Unlink
          <VisuallyHidden>
            {' '}
            {label} {name}
          </VisuallyHidden>
        </Button>
      }
    >
      {isAsking && (
        <RemoveDialog
          title={`Unlink ${label}?`}
          confirmLabel="Unlink"
          pending={pending}
          problem={problem}
          onConfirm={(choice) => void unlink(choice)}
          onClose={() => {
            setIsAsking(false)
            setProblem(undefined)
          }}
        >
          <p>You can no longer log in with it. Sessions that it opened stay unless you end them.</p>
        </RemoveDialog>
      )}
    </ItemRow>
  )
}
