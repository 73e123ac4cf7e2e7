import { roleWords } from '@app/contract'
import type { Role, UserRow } from '@app/contract'

type RoleAction = `give-${Role}`
type AccountAction = 'end-sessions' | 'enable' | 'disable' | 'remove'

/** The actions of an admin on a user. */
export type AdminAction = RoleAction | AccountAction

/** The confirmation of an action that cannot be undone or makes an admin. */
interface Question {
  title: string
  /** What will happen. */
  what: string
  confirm: string
  /** Nothing is destroyed. */
  isHarmless?: true
}

interface Texts {
  done: string
  question?: Question
}

interface ActionTexts {
  label: string
  /** The change of the row, shown before the list is reloaded. */
  change: Partial<UserRow>
  onOther: (name: string) => Texts
  /** For the admin's own account, where the texts differ. */
  onSelf?: Texts & { question: Question }
}

const accountActions: Readonly<Record<AccountAction, ActionTexts>> = {
  'end-sessions': {
    label: 'End sessions',
    change: {},
    onOther: (name) => ({
      done: `${name} is logged out everywhere.`,
      question: {
        title: `End all sessions of ${name}?`,
        what: `${name} is logged out everywhere immediately, and can log in again. Unsaved text may be lost.`,
        confirm: 'End sessions',
      },
    }),
    onSelf: {
      done: 'You are logged out everywhere.',
      question: {
        title: 'End all your own sessions?',
        what: 'You are logged out everywhere immediately, here too, and can log in again.',
        confirm: 'End my sessions',
      },
    },
  },
  enable: {
    label: 'Enable',
    change: { disabled: false },
    onOther: (name) => ({ done: `${name} can log in again.` }),
  },
  disable: {
    label: 'Disable',
    change: { disabled: true },
    onOther: (name) => ({
      done: `${name} is logged out everywhere and cannot log in.`,
      question: {
        title: `Disable ${name}?`,
        what: `${name} is logged out everywhere immediately, and cannot log in until an admin enables the account again. Nothing is deleted.`,
        confirm: 'Disable account',
      },
    }),
    onSelf: {
      done: 'Your account is disabled. Another admin can enable it again.',
      question: {
        title: 'Disable your own account?',
        what: 'You are logged out everywhere immediately, and cannot log in until another admin enables your account again.',
        confirm: 'Disable my account',
      },
    },
  },
  remove: {
    label: 'Remove',
    change: {},
    onOther: (name) => ({
      done: `${name} was removed. The user name stays taken.`,
      question: {
        title: `Remove ${name}?`,
        what: `The account and its data are deleted. This cannot be undone. The user name stays taken, so that no other user can pose as ${name}.`,
        confirm: 'Remove account',
      },
    }),
    onSelf: {
      done: 'Your account was removed.',
      question: {
        title: 'Remove your own account?',
        what: 'You are logged out immediately, and your account and its data are deleted. This cannot be undone. Your user name stays taken.',
        confirm: 'Remove my account',
      },
    },
  },
}

export function isRoleAction(action: AdminAction): action is RoleAction {
  return action.startsWith('give-')
}

/** Returns the role that the action gives. */
export function roleOfAction(action: RoleAction): Role {
  // Sound: the rest of the template is a role.
  return action.slice('give-'.length) as Role
}

function textsOf(action: AdminAction): ActionTexts {
  return isRoleAction(action) ? roleAction(roleOfAction(action)) : accountActions[action]
}

function roleAction(role: Role): ActionTexts {
  const { name: roleName, withArticle } = roleWords[role]
  const label = `Make ${roleName.toLowerCase()}`
  const done = (name: string) => `${name} is now ${withArticle}.`
  const change = { role }
  if (role !== 'admin') {
    const question = {
      title: 'Remove your own admin role?',
      what: `You become ${withArticle} immediately. Only another admin can change that back.`,
      confirm: `Make me ${withArticle}`,
    }
    const onSelf = { done: 'You are no longer an admin.', question }
    return { label, change, onOther: (name) => ({ done: done(name) }), onSelf }
  }
  const question = (name: string) => ({
    title: `Make ${name} an admin?`,
    what: `${name} can read the whole audit log, change the role of every user including you, and disable or remove accounts.`,
    confirm: 'Make admin',
    isHarmless: true as const,
  })
  return { label, change, onOther: (name) => ({ done: done(name), question: question(name) }) }
}

/** Returns the texts of an action on another user, or on the admin's own account. */
export function adminActionTexts(
  action: AdminAction,
  name: string,
  isOwn: boolean,
): Texts & Pick<ActionTexts, 'label'> {
  const { label, onOther, onSelf } = textsOf(action)
  return { label, ...((isOwn && onSelf) || onOther(name)) }
}

export function changeAfter(action: AdminAction): Partial<UserRow> {
  return textsOf(action).change
}
