import { roles } from '@app/contract'
import type { Self, UserRow } from '@app/contract'
import { Ellipsis, KeyRound, KeySquare, ScrollText, ShieldOff } from 'lucide-react'
import type { LucideIcon } from 'lucide-react'
import { useState } from 'react'
import { flushSync } from 'react-dom'
import type { Message } from '../api/failure-text.ts'
import { ConfirmDialog } from '../components/confirm-dialog.tsx'
import { useFlash } from '../components/flash.tsx'
import { Icon } from '../components/icon.tsx'
import { Menu, MenuItem, MenuLine, MenuLink } from '../components/menu.tsx'
import { VisuallyHidden } from '../components/visually-hidden.tsx'
import { useSession } from '../session/session-context.ts'
import { actionIcon } from './action-icon.ts'
import { adminActionTexts } from './admin-actions.ts'
import type { AdminAction } from './admin-actions.ts'
import { issuedLinkTexts } from './issued-links.ts'
import type { IssuedLinkKind } from './issued-links.ts'
import { TokensDialog } from './tokens-dialog.tsx'
import { useAdminAction } from './use-admin-action.ts'

interface ManageMenuProps {
  viewer: Self
  user: UserRow
  /** An action without a dialog failed; undefined at the next action. */
  onProblem: (problem: Message | undefined) => void
  /** Opens the dialog that makes a link. */
  onLink: (kind: IssuedLinkKind) => void
  /** The account no longer exists; the message says why. */
  onRemoved: (message: string) => void
}

/** Renders the menu of the admin actions on a user. */
export function ManageMenu({ viewer, user, onProblem, onLink, onRemoved }: ManageMenuProps) {
  const perform = useAdminAction(viewer, user)
  const flash = useFlash()
  const session = useSession()
  const [confirming, setConfirming] = useState<AdminAction>()
  const [showsTokens, setShowsTokens] = useState(false)
  const [running, setRunning] = useState(false)
  const [problem, setProblem] = useState<Message>()
  const { username } = user
  const textsOf = (action: AdminAction) => adminActionTexts(action, username, user.id === viewer.id)
  const question = confirming && textsOf(confirming).question

  function clear() {
    setProblem(undefined)
    onProblem(undefined)
    flash.dismiss()
  }

  async function run(action: AdminAction, showProblem: (problem: Message) => void) {
    setRunning(true)
    clear()
    const outcome = await perform(action)
    setRunning(false)
    if (outcome.status === 'rejected') return showProblem(outcome.problem)
    const { status, message } = outcome
    // Synchronously, because an open dialog would prevent that the focus moves.
    flushSync(() => setConfirming(undefined))
    if (status === 'removed') onRemoved(message)
    if (status === 'done' || status === 'demoted') flash.show(message)
    if (status === 'demoted') {
      // The focused button disappears with all elements for admins.
      document.getElementById('main')?.focus()
      void session.recheck()
    }
  }

  function start(action: AdminAction) {
    if (running) return
    if (textsOf(action).question === undefined) return void run(action, onProblem)
    clear()
    setConfirming(action)
  }

  const item = (action: AdminAction) => (
    <MenuItem key={action} danger={action === 'remove'} onClick={() => start(action)}>
      <Icon icon={actionIcon(action)} />
      <span>
        {textsOf(action).label}
        <VisuallyHidden> ({username})</VisuallyHidden>
      </span>
    </MenuItem>
  )

  const linkItem = (kind: IssuedLinkKind, icon: LucideIcon) => (
    <MenuItem onClick={() => onLink(kind)}>
      <Icon icon={icon} />
      <span>
        {issuedLinkTexts(kind, username).menuLabel}
        <VisuallyHidden> ({username})</VisuallyHidden>
      </span>
    </MenuItem>
  )

  return (
    <>
      <Menu button={<Icon icon={Ellipsis} />} label={`Manage ${username}`} pending={running}>
        <MenuLink href={`/audit?user=${user.id}`} icon={ScrollText}>
          <span>
            View audit events<VisuallyHidden> of {username}</VisuallyHidden>
          </span>
        </MenuLink>
        <MenuLine />
        {roles.filter((role) => role !== user.role).map((role) => item(`give-${role}`))}
        {item('end-sessions')}
        <MenuItem onClick={() => setShowsTokens(true)}>
          <Icon icon={KeySquare} />
          <span>
            Access tokens<VisuallyHidden> ({username})</VisuallyHidden>
          </span>
        </MenuItem>
        {user.id !== viewer.id && linkItem('recovery', KeyRound)}
        {user.id !== viewer.id && linkItem('factor-reset', ShieldOff)}
        {item(user.disabled === true ? 'enable' : 'disable')}
        <MenuLine />
        {item('remove')}
      </Menu>
      {showsTokens && <TokensDialog viewer={viewer} user={user} onClose={() => setShowsTokens(false)} />}
      {confirming !== undefined && question !== undefined && (
        <ConfirmDialog
          title={question.title}
          confirmLabel={question.confirm}
          confirmLook={question.isHarmless === true ? 'primary' : 'final'}
          pending={running}
          problem={problem}
          onConfirm={() => void run(confirming, setProblem)}
          onClose={() => {
            setConfirming(undefined)
            setProblem(undefined)
          }}
        >
          <p>{question.what}</p>
        </ConfirmDialog>
      )}
    </>
  )
}
