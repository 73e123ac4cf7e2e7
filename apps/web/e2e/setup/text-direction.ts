import { expect } from '@playwright/test'
import type { Locator } from '@playwright/test'

/** Expects that the text of an element is laid out in a direction. */
export function expectDirection(place: Locator, direction: 'ltr' | 'rtl'): Promise<void> {
  return expect(place).toHaveCSS('direction', direction)
}
