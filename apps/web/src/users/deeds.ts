import { type Role, roleWords, type UserRow } from '@app/contract'

type RoleDeed = `give-${Role}`
type AccountDeed = 'end-sessions' | 'enable' | 'disable' | 'remove'

/** What an administrator can do to an account. */
export type Deed = RoleDeed | AccountDeed

/** Asked before what cannot simply be taken back, or gives away all power. */
interface Question {
  title: string
  /** What will happen. */
  what: string
  confirm: string
}

interface Words {
  done: string
  question?: Question
}

interface DeedWords {
  label: string
  /** What is known of the row afterwards, before the server has been asked. */
  change: Partial<UserRow>
  toOthers: (name: string) => Words
  /** For the administrator's own account, where it makes a difference who does it. */
  toOneself?: Words & { question: Question }
}

const accountDeeds: Readonly<Record<AccountDeed, DeedWords>> = {
  'end-sessions': {
    label: 'End sessions',
    change: {},
    toOthers: (name) => ({
      done: `${name} is logged out everywhere.`,
      question: {
        title: `End all sessions of ${name}?`,
        what: `${name} is logged out everywhere at once, and can log in again. A text that is being written may be lost.`,
        confirm: 'End sessions',
      },
    }),
    toOneself: {
      done: 'You are logged out everywhere.',
      question: {
        title: 'End all your own sessions?',
        what: 'You are logged out everywhere at once, here too, and can log in again.',
        confirm: 'End my sessions',
      },
    },
  },
  enable: {
    label: 'Enable',
    change: { disabled: false },
    toOthers: (name) => ({ done: `${name} can log in again.` }),
  },
  disable: {
    label: 'Disable',
    change: { disabled: true },
    toOthers: (name) => ({
      done: `${name} is logged out everywhere and cannot log in.`,
      question: {
        title: `Disable ${name}?`,
        what: `${name} is logged out everywhere at once, and cannot log in until an administrator enables the account again. Nothing is deleted.`,
        confirm: 'Disable account',
      },
    }),
    toOneself: {
      done: 'Your account is disabled. Another administrator can enable it again.',
      question: {
        title: 'Disable your own account?',
        what: 'You are logged out everywhere at once, and cannot log in until another administrator enables your account again.',
        confirm: 'Disable my account',
      },
    },
  },
  remove: {
    label: 'Remove',
    change: {},
    toOthers: (name) => ({
      done: `${name} was removed. The user name stays taken.`,
      question: {
        title: `Remove ${name}?`,
        what: `The account, its notes and its sessions are gone for good. The user name stays taken, so that nobody can pose as ${name}.`,
        confirm: 'Remove account',
      },
    }),
    toOneself: {
      done: 'Your account was removed.',
      question: {
        title: 'Remove your own account?',
        what: 'You are logged out at once, and your account and your notes are gone for good. Your user name stays taken.',
        confirm: 'Remove my account',
      },
    },
  },
}

export function isRoleDeed(deed: Deed): deed is RoleDeed {
  return deed.startsWith('give-')
}

/** The role that the deed gives. */
export function givenRole(deed: RoleDeed): Role {
  // Sound: the rest of the template is a role.
  return deed.slice('give-'.length) as Role
}

function wordsOf(deed: Deed): DeedWords {
  return isRoleDeed(deed) ? roleDeed(givenRole(deed)) : accountDeeds[deed]
}

function roleDeed(role: Role): DeedWords {
  const { name: roleName, withArticle } = roleWords[role]
  const label = `Make ${roleName.toLowerCase()}`
  const done = (name: string) => `${name} is now ${withArticle}.`
  const change = { role }
  if (role !== 'admin') {
    const question = {
      title: 'Give up being an administrator?',
      what: `Your account becomes that of ${withArticle} at once. Only another administrator can change that back.`,
      confirm: `Make me ${withArticle}`,
    }
    const toOneself = { done: 'You are no longer an administrator.', question }
    return { label, change, toOthers: (name) => ({ done: done(name) }), toOneself }
  }
  const question = (name: string) => ({
    title: `Make ${name} an administrator?`,
    what: `${name} can read the whole audit, change the role of everybody including you, and disable or remove accounts.`,
    confirm: 'Make administrator',
  })
  return { label, change, toOthers: (name) => ({ done: done(name), question: question(name) }) }
}

/** @returns what an administrator reads who does this to another account, or to their own */
export function deedWords(deed: Deed, name: string, isOwn: boolean): Words & Pick<DeedWords, 'label'> {
  const { label, toOthers, toOneself } = wordsOf(deed)
  return { label, ...((isOwn && toOneself) || toOthers(name)) }
}

export function afterDeed(deed: Deed): Partial<UserRow> {
  return wordsOf(deed).change
}
