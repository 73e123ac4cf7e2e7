import { useState } from 'react'
import type { ComponentProps, ReactNode } from 'react'
import { flushSync } from 'react-dom'
import { Button } from './button.tsx'
import { ConfirmDialog } from './confirm-dialog.tsx'

interface DoneButtonProps {
  look?: ComponentProps<typeof Button>['look']
  /** Whether the user copied or saved it. Otherwise the button asks first. */
  isKept: boolean
  question: string
  confirmLabel: string
  /** Default: `final`. */
  confirmLook?: ComponentProps<typeof ConfirmDialog>['confirmLook']
  /** What is lost without a copy. */
  children: ReactNode
  onDone: () => void
}

/** Renders the button that closes what is shown once, such as a new access token. */
export function DoneButton({
  look,
  isKept,
  question,
  confirmLabel,
  confirmLook,
  children,
  onDone,
}: DoneButtonProps) {
  const [isAsking, setIsAsking] = useState(false)

  function confirm() {
    // The question closes first: the dialog below it can return the focus only then.
    flushSync(() => setIsAsking(false))
    onDone()
  }

  return (
    <>
      <Button {...(look && { look })} onClick={() => (isKept ? onDone() : setIsAsking(true))}>
        Done
      </Button>
      {isAsking && (
        <ConfirmDialog
          title={question}
          confirmLabel={confirmLabel}
          {...(confirmLook && { confirmLook })}
          pending={false}
          problem={undefined}
          onConfirm={confirm}
          onClose={() => setIsAsking(false)}
        >
          {children}
        </ConfirmDialog>
      )}
    </>
  )
}
