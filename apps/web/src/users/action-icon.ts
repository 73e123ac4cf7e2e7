import { Ban, CircleCheck, MonitorX, ShieldCheck, Trash2, UserRound } from 'lucide-react'
import type { LucideIcon } from 'lucide-react'
import { isRoleAction, roleOfAction } from './admin-actions.ts'
import type { AdminAction } from './admin-actions.ts'

export function actionIcon(action: AdminAction): LucideIcon {
  if (isRoleAction(action)) return roleOfAction(action) === 'admin' ? ShieldCheck : UserRound
  switch (action) {
    case 'end-sessions':
      return MonitorX
    case 'enable':
      return CircleCheck
    case 'disable':
      return Ban
    case 'remove':
      return Trash2
  }
}
