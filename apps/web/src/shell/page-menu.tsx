import { useId, useRef } from 'react'
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
      {!fits && <Menu links={links} />}
    </div>
  )
}

/**
 * Renders a popover. The browser closes it on Escape or a click elsewhere and returns the focus to its
 * button.
 */
function Menu({ links }: PageMenuProps) {
  const id = useId()
  const menu = useRef<HTMLDivElement>(null)
  return (
    <>
      <button type="button" className={`${styles['link']} ${styles['open']}`} popoverTarget={id}>
        Menu
      </button>
      <div ref={menu} id={id} popover="auto" className={styles['menu']}>
        {links.map(({ href, label, alsoUnder }) => (
          <NavLink key={href} href={href} alsoUnder={alsoUnder} onClick={() => menu.current?.hidePopover()}>
            {label}
          </NavLink>
        ))}
      </div>
    </>
  )
}
