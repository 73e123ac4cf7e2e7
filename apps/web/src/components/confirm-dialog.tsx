import type { ReactNode } from 'react'
import type { Message } from '../api/failure-text.ts'
import { Button } from './button.tsx'
import { Dialog } from './dialog.tsx'
import { FormAlert } from './form-alert.tsx'
import { Row } from './row.tsx'

interface ConfirmDialogProps {
  title: string
  confirmLabel: string
  pending: boolean
  problem: Message | undefined
  onConfirm: () => void
  onClose: () => void
  children: ReactNode
}

/**
 * Asks for confirmation of a destructive action. The dialog takes the focus, not a button, so that a held key
 * does not confirm. While the action is in progress the dialog cannot be closed.
 */
export function ConfirmDialog({
  title,
  confirmLabel,
  pending,
  problem,
  onConfirm,
  onClose,
  children,
}: ConfirmDialogProps) {
  return (
    <Dialog title={title} focusesTitle {...(!pending && { onClose })}>
      <FormAlert problem={problem} />
      {children}
      <Row>
        <Button look="final" pending={pending} onClick={onConfirm}>
          {confirmLabel}
        </Button>
        <Button unavailable={pending} onClick={onClose}>
          Cancel
        </Button>
      </Row>
    </Dialog>
  )
}
