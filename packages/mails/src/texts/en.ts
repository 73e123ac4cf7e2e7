import { product } from '@app/contract/product'
import { roleWords } from '@app/contract/roles'
import type { Role } from '@app/contract/roles'
import { sentence, words } from '../letter/sentence.ts'
import { access } from './en-access.ts'
import { deviceInEnglish, durationInEnglish, timeInEnglish } from './en-formats.ts'

const name = words(product.name)

/** The mails in English. A sentence shows a string in quotation marks, and `words` without them. */
export const en = {
  language: 'en',
  direction: 'ltr' as 'ltr' | 'rtl',
  quotes: ['“', '”'] as readonly [open: string, close: string],
  time: timeInEnglish,
  device: deviceInEnglish,
  role: (role: Role) => roleWords[role].name,
  facts: {
    time: 'Time',
    device: 'Device',
    ip: 'IP address',
    unknown: 'Unknown',
    address: 'Email address',
    newAddress: 'New address',
    roleBefore: 'Role before',
    roleNow: 'Role now',
    passkey: 'Passkey',
    codesLeft: 'Codes left',
    effectiveAt: 'Takes effect',
    provider: 'Provider',
    identity: 'Name there',
    token: 'Access token',
  },
  /** Above the link as text. */
  linkAsText: 'If the button does not work, copy this link into your browser:',
  openAccount: 'Open your account',
  openProduct: `Open ${product.name}`,
  nothingToDo: sentence`If it was you, you do not need to do anything.`,
  askAdmin: sentence`If you do not know why, ask an admin.`,
  aboutAccount: (username: string) => sentence`${name} sent you this message about your account ${username}.`,

  verifyAddress: {
    subject: 'Confirm your email address',
    preview: (minutes: number) => `The link is valid for ${durationInEnglish(minutes)}.`,
    body: (username: string, minutes: number) => [
      sentence`Confirm that this is the email address of your ${name} account ${username}.`,
      sentence`The link works once. It is valid for ${words(durationInEnglish(minutes))}.`,
    ],
    button: 'Confirm address',
    closing: sentence`If you did not ask for this, ignore this message. The address stays unconfirmed.`,
    footer: sentence`${name} sent you this message because this address was entered for an account.`,
  },
  addressInUse: {
    subject: 'Your email address was entered for an account',
    preview: 'Nothing was changed. You do not need to do anything.',
    body: (username: string) => [
      sentence`This address was entered at sign-up, or as the new address of an account. It already belongs to your account ${username}, so nothing was created or changed.`,
      sentence`You do not need to do anything.`,
    ],
    closing: (username: string) => sentence`If it was you, log in with the user name ${username}.`,
  },
  recovery: {
    subject: 'Choose a new password',
    preview: (minutes: number) => `The link is valid for ${durationInEnglish(minutes)}.`,
    body: (username: string, minutes: number) => [
      sentence`A new password was requested for your ${name} account ${username}.`,
      sentence`The link works once. It is valid for ${words(durationInEnglish(minutes))}.`,
    ],
    button: 'Choose a new password',
    closing: sentence`If it was not you, ignore this message. Your password has not been changed.`,
  },
  invitation: {
    subject: `Invitation to ${product.name}`,
    preview: 'Create your account with the link in this message.',
    body: (invitedBy: string | null, expiresAt: number) => [
      invitedBy === null
        ? sentence`You are invited to create an account at ${name}.`
        : sentence`${invitedBy} invites you to create an account at ${name}.`,
      sentence`The link works once. It is valid until ${words(timeInEnglish(expiresAt))}.`,
    ],
    button: 'Create account',
    closing: sentence`If you do not want an account, ignore this message.`,
    footer: sentence`${name} sent you this message because you were invited.`,
  },
  deliveryTest: {
    subject: `Test message from ${product.name}`,
    preview: 'The mail settings work.',
    body: sentence`${name} can send mail. You can delete this message.`,
    footer: sentence`${name} sent you this message because an operator tested the mail settings.`,
  },

  passwordChanged: {
    subject: `Your ${product.name} password was changed`,
    preview: 'If it was not you, choose a new password now.',
    body: (username: string) =>
      sentence`The password of your account ${username} was changed. All other sessions were ended.`,
    closing: sentence`If it was not you, use the log-in page to request a link and choose a new password. If that fails, ask an admin to disable the account.`,
  },
  passwordReset: {
    subject: `Your ${product.name} password was reset`,
    preview: 'If it was not you, choose a new password now.',
    body: (username: string) =>
      sentence`A new password was chosen for your account ${username} with a recovery link. All sessions were ended. Passkeys and linked accounts still log in.`,
    closing: sentence`If it was not you, change the password of your mailbox first. Then use the log-in page to request a link and choose a new password here, log in, and remove passkeys and linked accounts that are not yours. If that fails, ask an admin to disable the account.`,
  },
  recoveryLinkIssued: {
    subject: 'A recovery link was created for your account',
    preview: 'If you did not ask for it, tell an admin now.',
    body: {
      admin: (username: string) =>
        sentence`An admin created a recovery link for your ${name} account ${username}. Anyone who has the link can choose a new password.`,
      operator: (username: string) =>
        sentence`An operator created a recovery link for your ${name} account ${username}. Anyone who has the link can choose a new password.`,
    },
    closing: sentence`If you did not ask for a link, tell an admin now.`,
  },
  addressChanged: {
    subject: `The email address of your ${product.name} account was changed`,
    preview: 'If it was not you, change it back and change your password.',
    body: (username: string) =>
      sentence`The email address of your account ${username} was changed. Later messages go to the new address only.`,
    closing: sentence`If it was not you, log in, change your password, and enter your own address again. If you cannot log in, ask an admin to disable the account.`,
  },
  addressVerified: {
    subject: 'Your email address is confirmed',
    preview: `It belongs to your ${product.name} account now.`,
    body: (username: string) =>
      sentence`This email address was confirmed for the ${name} account ${username}. Messages about the account, and links to choose a new password, go to it.`,
    closing: sentence`If it was not you, log in and remove the address. If the account is not yours, tell an admin.`,
  },
  addressRemoved: {
    subject: `Your email address was removed from ${product.name}`,
    preview: 'If it was not you, enter it again and change your password.',
    body: (username: string) =>
      sentence`This email address was removed from your account ${username}. This is the last message to it.`,
    closing: sentence`If it was not you, log in, change your password, and enter the address again. If you cannot log in, ask an admin to disable the account.`,
  },
  ...access,
  newDeviceLogin: {
    subject: `New log-in to your ${product.name} account`,
    preview: 'If it was not you, change your password.',
    body: (username: string) => sentence`A new browser logged in to your account ${username}.`,
    closing: sentence`If it was not you, log in and change your password. This ends all other sessions.`,
  },
  sessionsEnded: {
    subject: `You were logged out of ${product.name}`,
    preview: 'An admin ended all sessions of your account.',
    body: (username: string) =>
      sentence`An admin ended all sessions of your account ${username}. Log in again to continue.`,
  },
  accountDisabled: {
    subject: `Your ${product.name} account was disabled`,
    preview: 'You cannot log in until an admin enables it.',
    body: (username: string) =>
      sentence`An admin disabled your account ${username} and ended all its sessions. You cannot log in until an admin enables it.`,
  },
  accountClosed: {
    subject: `Your ${product.name} account was closed`,
    preview: 'You can no longer log in.',
    body: {
      user: (username: string) => sentence`Your account ${username} was closed. You can no longer log in.`,
      admin: (username: string) =>
        sentence`An admin closed your account ${username}. You can no longer log in.`,
    },
    closingByUser: sentence`If it was not you, tell an admin now.`,
  },
  roleChanged: {
    subject: `Your role at ${product.name} was changed`,
    preview: 'An admin changed what your account may do.',
    body: (username: string) =>
      sentence`An admin changed the role of your account ${username}. The new role applies now.`,
  },
  factorAdded: {
    subject: `A second factor was added to your ${product.name} account`,
    preview: 'If it was not you, remove it and change your password.',
    body: {
      totp: (username: string) =>
        sentence`An authenticator app was added to your account ${username}. From now on a log-in also needs a code of the app.`,
      passkey: (username: string) =>
        sentence`A passkey was added to your account ${username}. From now on it can log in.`,
    },
    closing: sentence`If it was not you, log in, remove it and change your password. If you cannot log in, ask an admin to disable the account.`,
  },
  identityLinked: {
    subject: `An outside account was linked to your ${product.name} account`,
    preview: 'If it was not you, remove it and change your password.',
    body: (username: string) =>
      sentence`The account below was linked to your account ${username}. From now on it can log in.`,
    closing: sentence`If it was not you, log in, remove it and change your password. If you cannot log in, ask an admin to disable the account.`,
  },
  identityUnlinked: {
    subject: `An outside account was removed from your ${product.name} account`,
    preview: 'If it was not you, change your password now.',
    body: (username: string) =>
      sentence`The account below was removed from your account ${username}. It can no longer log in.`,
    closing: sentence`If it was not you, log in, link it again and change your password. If you cannot log in, ask an admin to disable the account.`,
  },
  factorRemoved: {
    subject: `A second factor was removed from your ${product.name} account`,
    preview: 'If it was not you, change your password now.',
    body: {
      totp: (username: string) => sentence`The authenticator app was removed from your account ${username}.`,
      passkey: (username: string) => sentence`A passkey was removed from your account ${username}.`,
    },
    closing: sentence`If it was not you, log in, change your password and add a second factor again. If you cannot log in, ask an admin to disable the account.`,
  },
  recoveryCodesReplaced: {
    subject: `Your ${product.name} recovery codes were replaced`,
    preview: 'The old codes no longer work.',
    body: (username: string) =>
      sentence`New recovery codes were created for your account ${username}. The old ones no longer work.`,
    closing: sentence`If it was not you, log in, create new codes and change your password. If you cannot log in, ask an admin to disable the account.`,
  },
  recoveryCodeUsed: {
    subject: `A recovery code of your ${product.name} account was used`,
    preview: 'If it was not you, change your password now.',
    body: (username: string) =>
      sentence`A recovery code of your account ${username} was used instead of another second factor. It does not work again.`,
    closing: sentence`If it was not you, log in, create new recovery codes and change your password. If you cannot log in, ask an admin to disable the account.`,
  },
  factorResetRequested: {
    subject: `The second factors of your ${product.name} account will be removed`,
    preview: 'If you did not ask for it, cancel it now.',
    body: {
      admin: (username: string) =>
        sentence`An admin requested the removal of all second factors and recovery codes of your account ${username}.`,
      operator: (username: string) =>
        sentence`An operator requested the removal of all second factors and recovery codes of your account ${username}.`,
    },
    effect: sentence`From the time below on, a log-in with your password and a link that was handed out removes them.`,
    closing: [
      sentence`If you still have a second factor, log in with it. This cancels the removal.`,
      sentence`If you did not ask for the removal, change your password and tell an admin now.`,
    ],
  },
  factorResetCancelled: {
    subject: `The second factors of your ${product.name} account stay`,
    preview: 'The requested removal was cancelled.',
    body: (username: string) =>
      sentence`The requested removal of the second factors of your account ${username} was cancelled.`,
    closing: sentence`If it was not you, tell an admin now.`,
  },
  factorsReset: {
    subject: `The second factors of your ${product.name} account were removed`,
    preview: 'Add a new second factor now.',
    body: (username: string) =>
      sentence`All second factors and recovery codes of your account ${username} were removed at a log-in, as it was requested. All other sessions were ended.`,
    closing: sentence`If it was not you, change your password now. If you cannot log in, ask an admin to disable the account.`,
  },
}
