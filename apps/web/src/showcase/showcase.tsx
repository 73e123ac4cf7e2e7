import { ThemeSwitch } from '../theme/theme-switch.tsx'
import { AccessTokens } from './access-tokens.tsx'
import { Buttons } from './buttons.tsx'
import { Dialogs } from './dialogs.tsx'
import { Fields } from './fields.tsx'
import { Forms } from './forms.tsx'
import { HeaderLinks } from './header-links.tsx'
import { Lists } from './lists.tsx'
import { LookSwitch } from './look-switch.tsx'
import { Mails } from './mails.tsx'
import { Messages } from './messages.tsx'
import { Pages } from './pages.tsx'
import { People } from './people.tsx'
import { Rows } from './rows.tsx'
import { Tokens } from './tokens.tsx'
import { Waiting } from './waiting.tsx'
import styles from './showcase.module.css'

/** Shows each component in each state, for developers. Served by `npm run dev` only; no build contains it. */
export function Showcase() {
  return (
    <main className={styles['showcase']}>
      <header className={styles['header']}>
        <h1>Components</h1>
        <LookSwitch />
        <ThemeSwitch />
      </header>
      <Tokens />
      <HeaderLinks />
      <Buttons />
      <Fields />
      <Forms />
      <AccessTokens />
      <Messages />
      <Dialogs />
      <Waiting />
      <People />
      <Rows />
      <Lists />
      <Pages />
      <Mails />
    </main>
  )
}
