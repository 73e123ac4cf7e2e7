import { createContext, use, useId, useRef } from 'react'
import type { ComponentProps, ReactNode } from 'react'
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
  children: ReactNode
}

/**
 * Renders a button that opens a list of links and buttons. The browser closes the popover on Escape and on a
 * click elsewhere and returns the focus to the button. It has no role `menu`, so Tab moves through the items.
 */
export function Menu({ button, label, buttonClassName = styles['button'], children }: MenuProps) {
  const id = useId()
  const list = useRef<HTMLDivElement>(null)
  return (
    <>
      <button type="button" className={buttonClassName} popoverTarget={id} aria-label={label}>
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

/** Renders a line between groups of items. */
export function MenuLine() {
  return <hr className={styles['line']} />
}
