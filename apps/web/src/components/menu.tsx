import type { LucideIcon } from 'lucide-react'
import { createContext, use, useId, useRef } from 'react'
import type { ComponentProps, ReactNode } from 'react'
import { Link, useLocation } from 'wouter'
import { Icon } from './icon.tsx'
import styles from './menu.module.css'

const CloseContext = createContext<() => void>(() => {})

/** Returns a function that closes the menu of the calling item. */
export function useCloseMenu(): () => void {
  return use(CloseContext)
}

interface MenuProps {
  /** The content of the button that opens the menu. */
  button: ReactNode
  /** The name of the button for screen readers, where its content is an icon. */
  label?: string
  /** Replaces the look of the button: a square for an icon. */
  buttonClassName?: string | undefined
  /** An action of the menu is in progress. */
  pending?: boolean
  children: ReactNode
}

/**
 * Renders a button that opens a list of links and buttons. The browser closes the popover on Escape and on a
 * click elsewhere and returns the focus to the button. It has no role `menu`, so Tab moves through the items.
 */
export function Menu({
  button,
  label,
  buttonClassName = styles['button'],
  pending = false,
  children,
}: MenuProps) {
  const id = useId()
  const list = useRef<HTMLDivElement>(null)
  return (
    <>
      <button
        type="button"
        className={buttonClassName}
        popoverTarget={id}
        aria-label={label}
        aria-busy={pending}
      >
        {button}
      </button>
      <div ref={list} id={id} popover="auto" className={styles['menu']}>
        <CloseContext value={() => list.current?.hidePopover()}>{children}</CloseContext>
      </div>
    </>
  )
}

interface MenuItemProps extends Omit<ComponentProps<'button'>, 'className' | 'type'> {
  /** Destroys data, or opens the dialog that does. */
  danger?: boolean
}

/** Renders an action of a menu and closes the menu when it is used. */
export function MenuItem({ danger = false, onClick, ...rest }: MenuItemProps) {
  const close = useCloseMenu()
  return (
    <button
      {...rest}
      type="button"
      className={`${styles['item']} ${danger ? styles['danger'] : ''}`}
      onClick={(event) => {
        close()
        onClick?.(event)
      }}
    />
  )
}

interface MenuLinkProps {
  href: string
  icon: LucideIcon
  children: ReactNode
}

/** Renders a link of a menu, marked where it is the current page. */
export function MenuLink({ href, icon, children }: MenuLinkProps) {
  const [path] = useLocation()
  const close = useCloseMenu()
  return (
    <Link
      href={href}
      className={styles['item']}
      aria-current={path === href ? 'page' : undefined}
      onClick={close}
    >
      <Icon icon={icon} />
      <span>{children}</span>
    </Link>
  )
}

/** Renders a line between groups of items. */
export function MenuLine() {
  return <hr className={styles['line']} />
}
