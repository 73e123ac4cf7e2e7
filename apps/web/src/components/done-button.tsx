import type { ComponentProps } from 'react'
import { Button } from './button.tsx'
import { confirmLeave } from './leave-guard.ts'

interface DoneButtonProps {
  look?: ComponentProps<typeof Button>['look']
  onDone: () => void
}

/** Renders the button that closes what is shown once, such as a new access token. `LeaveQuestion` may ask. */
export function DoneButton({ look, onDone }: DoneButtonProps) {
  return (
    <Button {...(look && { look })} onClick={() => confirmLeave(onDone)}>
      Done
    </Button>
  )
}
