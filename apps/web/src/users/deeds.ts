import type { UserRow } from '@latchkey/contract'

/** What an administrator can do to an account. */
export type Deed = 'promote' | 'demote' | 'end-sessions' | 'enable' | 'disable' | 'remove'

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

const deeds: Readonly<Record<Deed, DeedWords>> = {
  promote: {
    label: 'Make administrator',
    change: { role: 'admin' },
    toOthers: (name) => ({
      done: `${name} is now an administrator.`,
      question: {
        title: `Make ${name} an administrator?`,
        what: `${name} will read the whole audit, and can change the role of everybody, you too, and disable or remove their accounts.`,
        confirm: 'Make administrator',
      },
    }),
  },
  demote: {
    label: 'Make user',
    change: { role: 'user' },
    toOthers: (name) => ({ done: `${name} is no longer an administrator.` }),
    toOneself: {
      done: 'You are no longer an administrator.',
      question: {
        title: 'Give up being an administrator?',
        what: 'This is your own account. It is that of a user at once, and only another administrator can change that back.',
        confirm: 'Make me a user',
      },
    },
  },
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

/** What an administrator reads who does this to somebody, or to themself. */
export function deedWords(deed: Deed, name: string, isOwn: boolean): Words & Pick<DeedWords, 'label'> {
  const { label, toOthers, toOneself } = deeds[deed]
  return { label, ...((isOwn && toOneself) || toOthers(name)) }
}

export function afterDeed(deed: Deed): Partial<UserRow> {
  return deeds[deed].change
}
