import type { Self } from '@app/contract'
import { LifeBuoy } from 'lucide-react'
import { useState } from 'react'
import { flushSync } from 'react-dom'
import { useApi } from '../../api/api.ts'
import { useConfirmedAction } from '../../auth/use-confirmed-action.ts'
import { Badge } from '../../components/badge.tsx'
import { Button } from '../../components/button.tsx'
import { ConfirmDialog } from '../../components/confirm-dialog.tsx'
import { IconTile } from '../../components/icon-tile.tsx'
import { ItemRow } from '../../components/item-row.tsx'
import { MomentAgo } from '../../components/moment.tsx'
import { useRefreshSecurity } from './use-security.ts'

/** With so few codes left, the page asks the user to make new ones. */
export const fewCodes = 3

interface RecoveryCodesRowProps {
  viewer: Self
  codes: { left: number; total: number; createdAt: string }
  nowMs: number
  onCodes: (codes: readonly string[]) => void
}

/** Shows how many recovery codes are left, and replaces them. */
export function RecoveryCodesRow({ viewer, codes, nowMs, onCodes }: RecoveryCodesRowProps) {
  const { client } = useApi()
  const { pending, problem, setProblem, run } = useConfirmedAction(useRefreshSecurity(viewer))
  const [isAsking, setIsAsking] = useState(false)
  const { left, total, createdAt } = codes

  async function regenerate() {
    const made = await run(() => client.recoveryCodes.regenerate.mutate({}))
    if (made === undefined) return
    flushSync(() => setIsAsking(false))
    onCodes(made.codes)
  }

  return (
    <ItemRow
      actionBelow
      lead={<IconTile icon={LifeBuoy} />}
      title="Recovery codes"
      badges={left <= fewCodes && <Badge tone="warning">{left === 0 ? 'None left' : 'Few left'}</Badge>}
      detail={
        <>
          <span>{`${left} of ${total} left`}</span>
          <span>
            Made <MomentAgo at={createdAt} now={nowMs} />
          </span>
        </>
      }
      action={<Button onClick={() => setIsAsking(true)}>Make new codes</Button>}
    >
      {isAsking && (
        <ConfirmDialog
          title="Make new recovery codes?"
          confirmLabel="Make new codes"
          confirmLook="primary"
          pending={pending}
          problem={problem}
          onConfirm={() => void regenerate()}
          onClose={() => {
            setIsAsking(false)
            setProblem(undefined)
          }}
        >
          <p>
            The old codes stop working immediately. This also ends other sessions that an old code opened.
          </p>
        </ConfirmDialog>
      )}
    </ItemRow>
  )
}
