import type { ReactNode } from 'react'
import type { Message } from '../api/failure-text.ts'
import { Button } from './button.tsx'
import { Dialog } from './dialog.tsx'
import { FormAlert } from './form-alert.tsx'

interface ConfirmDialogProps {
  title: string
  confirmLabel: string
  /** Default: `final`, for what cannot be undone. */
  confirmLook?: 'final' | 'primary'
  pending: boolean
  problem: Message | undefined
  onConfirm: () => void
  onClose: () => void
  children: ReactNode
}

/**
 * Asks for confirmation. The safe button takes the focus. While the action is in progress the dialog cannot
 * be closed.
 */
export function ConfirmDialog({
  title,
  confirmLabel,
  confirmLook = 'final',
  pending,
  problem,
  onConfirm,
  onClose,
  children,
}: ConfirmDialogProps) {
  return (
    <Dialog
      title={title}
      {...(!pending && { onClose })}
      actions={
        <Button unavailable={pending} onClick={onClose}>
          Cancel
        </Button>
      }
      main={
        <Button look={confirmLook} pending={pending} onClick={onConfirm}>
          {confirmLabel}
        </Button>
      }
    >
      {children}
      <FormAlert problem={problem} />
    </Dialog>
  )
}
