import { Menu as MenuIcon } from 'lucide-react'
import { useRef } from 'react'
import { Icon } from '../components/icon.tsx'
import { Menu, useCloseMenu } from '../components/menu.tsx'
import { NavLink } from './nav-link.tsx'
import type { PageLink } from './page-links.ts'
import { useFits } from './use-fits.ts'
import styles from './navigation.module.css'

interface PageMenuProps {
  links: readonly PageLink[]
}

/** Shows the links in one row, or behind a button "Menu" if they do not fit. */
export function PageMenu({ links }: PageMenuProps) {
  const row = useRef<HTMLDivElement>(null)
  const fits = useFits(row, links.length)
  return (
    <div className={styles['pages']}>
      {/* Stays in the document, so that its width can be measured again. */}
      <div ref={row} className={styles['row']} inert={!fits}>
        {links.map(({ href, label, alsoUnder }) => (
          <NavLink key={href} href={href} alsoUnder={alsoUnder}>
            {label}
          </NavLink>
        ))}
      </div>
      {!fits && (
        <div className={styles['open']}>
          <Menu button={<Icon icon={MenuIcon} />} label="Menu">
            <MenuLinks links={links} />
          </Menu>
        </div>
      )}
    </div>
  )
}

function MenuLinks({ links }: PageMenuProps) {
  const close = useCloseMenu()
  return links.map(({ href, label, alsoUnder }) => (
    <NavLink key={href} href={href} alsoUnder={alsoUnder} isInMenu onClick={close}>
      {label}
    </NavLink>
  ))
}
