import { useEffect, useState } from 'react'
import { Button } from '../components/button.tsx'
import { ConfirmDialog } from '../components/confirm-dialog.tsx'
import { Dialog } from '../components/dialog.tsx'
import { Row } from '../components/row.tsx'
import { TextField } from '../forms/text-field.tsx'
import { Kind, Specimen } from './specimen.tsx'

const kinds = {
  dialog: 'Dialog',
  confirm: 'Confirm',
  harmless: 'Confirm, harmless',
  pending: 'Confirm, pending',
  failed: 'Confirm, failed',
} as const

export function Dialogs() {
  const [open, setOpen] = useState<keyof typeof kinds>()
  const close = () => setOpen(undefined)
  useEffect(() => {
    if (open !== 'pending') return undefined
    // The dialog has no close button.
    const timer = setTimeout(() => setOpen(undefined), 5_000)
    return () => clearTimeout(timer)
  }, [open])
  return (
    <Kind name="Dialogs">
      <Specimen name="each behind its button" wide>
        <Row>
          {(Object.keys(kinds) as (keyof typeof kinds)[]).map((kind) => (
            <Button key={kind} onClick={() => setOpen(kind)}>
              {kinds[kind]}
            </Button>
          ))}
        </Row>
      </Specimen>
      {open === 'dialog' && (
        <Dialog
          title="Confirm your password"
          onClose={close}
          actions={<Button onClick={close}>Cancel</Button>}
          main={
            <Button look="primary" onClick={close}>
              Confirm
            </Button>
          }
        >
          <TextField name="inDialog" label="A field" autoComplete="off" />
        </Dialog>
      )}
      {open !== undefined && open !== 'dialog' && (
        <ConfirmDialog
          title="Delete this document?"
          confirmLabel="Delete document"
          pending={open === 'pending'}
          confirmLook={open === 'harmless' ? 'primary' : 'final'}
          problem={open === 'failed' ? 'The server is busy. Try again in a moment.' : undefined}
          onConfirm={close}
          onClose={close}
        >
          <p>“Groceries” will be deleted. This cannot be undone.</p>
        </ConfirmDialog>
      )}
    </Kind>
  )
}
