import { CircleQuestionMark, Laptop, Smartphone, SquareTerminal, Tablet } from 'lucide-react'
import type { LucideIcon } from 'lucide-react'

/**
 * Returns the icon for the kind of device of a user agent. Browsers send `Mozilla/5.0`; others are programs.
 * @param userAgent as the client sent it, perhaps an attacker; null if none was sent or stored
 */
export function deviceIcon(userAgent: string | null): LucideIcon {
  if (userAgent === null || userAgent.trim() === '') return CircleQuestionMark
  if (!userAgent.startsWith('Mozilla/')) return SquareTerminal
  if (/\biPad\b|\bTablet\b/.test(userAgent)) return Tablet
  // Android tablets send no "Mobile".
  if (/\bAndroid\b/.test(userAgent)) return /\bMobile\b/.test(userAgent) ? Smartphone : Tablet
  return /\biPhone\b|\bMobile\b/.test(userAgent) ? Smartphone : Laptop
}
