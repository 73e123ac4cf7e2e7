import type { Self } from '@app/contract'
import { escapeHtml } from '../http/escape-html.ts'
import { link } from './plain-form.ts'
import type { PlainPage } from './plain-page.ts'
import { plainPaths } from './plain-paths.ts'

/** Returns the page of a user's own account. */
export function accountPage({ username, name, email, role, createdAt }: Self): PlainPage {
  const facts = Object.entries({
    'User name': username,
    Name: name,
    Email: email ?? 'none',
    Role: role,
    'Member since': createdAt.slice(0, 10),
  })
  return {
    title: 'Your account',
    card: `<dl>${facts.map(([term, value]) => `<dt>${term}</dt><dd>${escapeHtml(value)}</dd>`).join('')}</dl>`,
    links: [link(plainPaths.logOut, 'Log out'), link('/', 'Open the app')],
  }
}

/** Shown when the account cannot be read right now. */
export const failedAccountPage: PlainPage = {
  title: 'Your account',
  links: [link(plainPaths.account, 'Try again')],
}
