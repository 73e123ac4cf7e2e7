import type { Self } from '@app/contract'
import { roleWords } from '@app/contract/roles'
import { ChevronDown, LogOut, Monitor, UserRound } from 'lucide-react'
import { LogOutConfirmation } from '../auth/log-out-confirmation.tsx'
import { useLogOut } from '../auth/use-log-out.ts'
import { Avatar } from '../components/avatar.tsx'
import { Badge } from '../components/badge.tsx'
import { Icon } from '../components/icon.tsx'
import { confirmLeave } from '../components/leave-guard.ts'
import { Menu, MenuItem, MenuLine, MenuLink } from '../components/menu.tsx'
import { Person } from '../components/person.tsx'
import { VisuallyHidden } from '../components/visually-hidden.tsx'
import { ThemeSwitch } from '../theme/theme-switch.tsx'
import styles from './account-menu.module.css'

/** Renders the menu of the logged-in user: who it is, links to the account, the theme, and the log-out. */
export function AccountMenu({ viewer }: { viewer: Self }) {
  const logOut = useLogOut()
  return (
    <>
      <Menu
        buttonClassName={styles['button']}
        button={
          <>
            <Avatar name={viewer.name} id={viewer.id} size="small" />
            <VisuallyHidden>Account menu: </VisuallyHidden>
            <span className={styles['name']} translate="no" dir="auto">
              {viewer.name}
            </span>
            <Icon icon={ChevronDown} size="small" />
          </>
        }
      >
        <div className={styles['user']}>
          <Person
            user={viewer}
            badge={viewer.role !== 'user' && <Badge tone="accent">{roleWords[viewer.role].name}</Badge>}
          />
        </div>
        <MenuLine />
        <MenuLink href="/account" icon={UserRound}>
          Your account
        </MenuLink>
        <MenuLink href="/account/sessions" icon={Monitor}>
          Sessions
        </MenuLink>
        <MenuLine />
        <div className={styles['theme']}>
          <ThemeSwitch />
        </div>
        <MenuLine />
        <MenuItem onClick={() => confirmLeave(() => logOut.logOut())}>
          <Icon icon={LogOut} />
          <span>Log out</span>
        </MenuItem>
      </Menu>
      <LogOutConfirmation {...logOut} />
    </>
  )
}
