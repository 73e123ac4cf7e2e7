import { product } from '@app/contract/product'
import { sentence } from '../letter/sentence.ts'

const unfinishedLogin = {
  subject: `Unfinished log-in to your ${product.name} account`,
  preview: 'If it was not you, secure your account.',
  body: {
    password: (username: string) =>
      sentence`The right password of your account ${username} was entered in a new browser. The log-in waits for your second factor.`,
    identity: (username: string) =>
      sentence`An outside identity of your account ${username} was used in a new browser. The log-in waits for your second factor.`,
  },
  closing: {
    password: sentence`If it was not you, log in and change your password. This ends all other sessions.`,
    identity: sentence`If it was not you, secure your account at the provider, or unlink it on the page of your account. This ends all other sessions.`,
  },
}

const tokenCreated = {
  subject: `An access token was created for your ${product.name} account`,
  preview: 'If it was not you, revoke it and change your password.',
  body: (username: string) =>
    sentence`The access token below was created for your account ${username}. A program that has it can act as you, within what the token allows.`,
  closing: sentence`If it was not you, log in, revoke the token on the page of your account and change your password. If you cannot log in, ask an admin to disable the account.`,
}

export const access = { unfinishedLogin, tokenCreated }
