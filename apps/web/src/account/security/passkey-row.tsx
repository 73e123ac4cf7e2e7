import type { Passkey, Self } from '@app/contract'
import { Ellipsis, KeyRound, Pencil, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { flushSync } from 'react-dom'
import { useApi } from '../../api/api.ts'
import { useConfirmedAction } from '../../auth/use-confirmed-action.ts'
import { Badge } from '../../components/badge.tsx'
import { useFlash } from '../../components/flash.tsx'
import { IconTile } from '../../components/icon-tile.tsx'
import { Icon } from '../../components/icon.tsx'
import { ItemRow } from '../../components/item-row.tsx'
import { Menu, MenuItem } from '../../components/menu.tsx'
import { Untranslated } from '../../components/untranslated.tsx'
import { removedText } from './ended-text.ts'
import { FactorDates } from './factor-dates.tsx'
import { RemoveDialog } from './remove-dialog.tsx'
import { RenamePasskey } from './rename-passkey.tsx'
import { useRefreshSecurity } from './use-security.ts'

interface PasskeyRowProps {
  viewer: Self
  passkey: Passkey
  nowMs: number
  /** Called after the removal. The caller moves the focus, because the row disappears. */
  onRemoved: () => void
}

/** Renders a passkey, with a menu that renames and removes it. */
export function PasskeyRow({ viewer, passkey, nowMs, onRemoved }: PasskeyRowProps) {
  const { client } = useApi()
  const flash = useFlash()
  const { pending, problem, setProblem, run } = useConfirmedAction(useRefreshSecurity(viewer))
  const [open, setOpen] = useState<'rename' | 'remove'>()
  const { id, name } = passkey

  async function remove(choice: { endOtherSessions: boolean }) {
    const removed = await run(() => client.passkeys.remove.mutate({ id, ...choice }))
    if (removed === undefined) return
    // The closing dialog returns the focus to its button, which is removed.
    flushSync(() => setOpen(undefined))
    flash.show(removedText('Passkey', removed.endedSessions))
    onRemoved()
  }

  return (
    <ItemRow
      lead={<IconTile icon={KeyRound} />}
      title={<Untranslated>{name}</Untranslated>}
      badges={passkey.current && <Badge tone="success">Used in this session</Badge>}
      detail={<FactorDates {...passkey} nowMs={nowMs} />}
      action={
        <Menu button={<Icon icon={Ellipsis} />} label={`Manage passkey ${name}`}>
          <MenuItem onClick={() => setOpen('rename')}>
            <Icon icon={Pencil} />
            Rename
          </MenuItem>
          <MenuItem danger onClick={() => setOpen('remove')}>
            <Icon icon={Trash2} />
            Remove
          </MenuItem>
        </Menu>
      }
    >
      {open === 'rename' && (
        <RenamePasskey viewer={viewer} passkey={passkey} onClose={() => setOpen(undefined)} />
      )}
      {open === 'remove' && (
        <RemoveDialog
          title={`Remove the passkey ${name}?`}
          confirmLabel="Remove passkey"
          pending={pending}
          problem={problem}
          onConfirm={(choice) => void remove(choice)}
          onClose={() => {
            setOpen(undefined)
            setProblem(undefined)
          }}
        >
          <p>You can no longer log in with it. Delete it in your device or password manager too.</p>
        </RemoveDialog>
      )}
    </ItemRow>
  )
}
