import { address, ip, nextCursor, oneTimeLink, shownName, userAgent, username } from './example-fields.ts'
import type { SchemaDocs } from './schema-doc.ts'

const limit = 'How many items a page has at most. Default: 20.'
const ofToken = 'Only what this access token did, and its creation and revocation.'
const cursor = 'The `nextCursor` of the page before. Do not parse it.'

export const adminDocs = {
  UserRow: {
    description: 'A user in the directory. Only admins, and users in their own row, get the optional fields.',
    fields: { username, name: shownName, email: address, disabled: 'Whether the user cannot log in.' },
  },
  UserPage: { description: 'One page of users.', fields: { nextCursor } },
  ListUsersInput: { description: 'Which users to list.', fields: { limit, cursor } },
  UserIdInput: { description: 'A user.' },
  SetRoleInput: { description: 'A user and the new role.' },
  SetDisabledInput: {
    description: 'A user and the new state.',
    fields: { disabled: 'Whether the user cannot log in.' },
  },
  IssueRecoveryLinkInput: { description: 'The user who forgot the password.' },
  IssuedLink: {
    description: 'A link to hand over. It is shown once.',
    fields: { link: oneTimeLink },
  },
  Invitation: {
    description: 'An invitation to sign up.',
    fields: {
      email: { ...address, description: 'The invited address; null if anyone with the link can accept.' },
      role: 'The role of the new user.',
      createdBy: {
        ...username,
        description:
          'The user name of the admin; null for an operator, and when the admin closed the account.',
      },
      acceptedBy: { description: 'The user name of the new user.', examples: [null] },
    },
  },
  InvitationPage: { description: 'One page of invitations.', fields: { nextCursor } },
  ListInvitationsInput: { description: 'Which invitations to list.', fields: { limit, cursor } },
  CreateInvitationInput: {
    description: 'A new invitation.',
    fields: { email: 'The only address that may accept it. The link is mailed to it if mail is sent.' },
  },
  CreatedInvitation: {
    description: 'The new invitation.',
    fields: {
      link: {
        ...oneTimeLink,
        description: 'Shown once. Null when it was mailed, so only the owner of the address has it.',
      },
    },
  },
  InvitationIdInput: { description: 'An invitation.' },
  InvitationSecretInput: { description: 'The secret of an invitation link.' },
  InvitationState: {
    description: 'What the sign-up form of an invitation needs.',
    fields: {
      email:
        'An address is `optional`, the `invited` one must be entered, or it is `known` because the link was mailed to it.',
    },
  },
  AuditActor: {
    description:
      'Who caused an event. `system` is a command of an operator, `anonymous` a caller without a session.',
    fields: { username },
  },
  AuditEvent: {
    description: 'Who did what to which user, when and from where.',
    fields: {
      event: {
        description: 'The name of the event. Expect names that you do not know.',
        examples: ['password-changed'],
      },
      subject: 'The user it happened to, often the actor; null if no account is concerned.',
      ip,
      userAgent,
      requestId: {
        description: 'The id of the request, as in `X-Request-Id` and the log.',
        examples: ['7f8b1f0e-3c39-4d6f-9c38-7b1a6ab0b3d4'],
      },
      detail: 'Names and numbers, never a secret.',
    },
  },
  AuditPage: {
    description: 'One page of audit events.',
    fields: {
      nextCursor,
      token: 'The access token of the input, with its name if it is still known; null without `tokenId`.',
    },
  },
  ActivityInput: { description: 'Which events to list.', fields: { limit, cursor, tokenId: ofToken } },
  ListAuditInput: {
    description: 'Which events to list.',
    fields: {
      limit,
      cursor,
      userId: 'Only what this user did and what happened to this user.',
      tokenId: ofToken,
      event: 'Only events of this name.',
    },
  },
} as const satisfies SchemaDocs
