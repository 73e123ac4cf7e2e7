import { readFileSync, readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { pagePaths } from '@app/contract'
import { createServer } from 'vite'
import { accessibilityViolations, applyTextSpacing, horizontalOverflow } from './setup/accessibility.ts'
import { button } from './setup/forms.ts'
import { expect, test } from './setup/test.ts'

/** Components without a section on the page, and why. */
const withoutSection: Record<string, string> = {
  'field-error.tsx': 'part of every field',
  'form-result.tsx': 'takes the focus of the page',
  'labelled-field.tsx': 'part of every field',
  'message-text.tsx': 'part of messages and alerts',
  'request-id.tsx': 'part of the failed state',
  'submit-button.tsx': 'part of every form',
  'untranslated.tsx': 'looks like the text around it',
  'visually-hidden.tsx': 'invisible',
}

test('showcase: has every component', () => {
  const shown = sourcesIn('showcase').flatMap(([, source]) =>
    [...source.matchAll(/from '\.\.\/(?:components|forms)\/([\w-]+\.tsx)'/g)].map(([, name]) => name),
  )
  const components = [...sourcesIn('components'), ...sourcesIn('forms')].map(([name]) => name)
  expect(new Set([...shown, ...Object.keys(withoutSection)])).toEqual(new Set(components))
})

/** Checks the page that `npm run dev` serves at /components. */
test('showcase: components are accessible in all states and themes, zoomed, with text spacing and forced colours', async ({
  page,
}) => {
  const root = fileURLToPath(new URL('..', import.meta.url))
  const vite = await createServer({
    root,
    logLevel: 'error',
    // A separate cache: a running dev server keeps its files.
    cacheDir: 'node_modules/.vite-showcase',
    optimizeDeps: { entries: ['components.html'] },
    server: { port: 0, host: '127.0.0.1', proxy: {}, hmr: false, watch: null },
  })
  try {
    await vite.listen()
    await page.goto(`${vite.resolvedUrls?.local[0] ?? ''}components`)
    await expect(page.getByRole('heading', { name: 'Components' })).toBeVisible()
    await expect(button(page.getByRole('form', { name: 'Pending form' }), 'Save')).toHaveAttribute(
      'aria-busy',
      'true',
    )
    await expect(page.getByRole('form', { name: 'Failed form' }).getByRole('alert')).toBeVisible()
    await expect(page.getByText('You are logged out.')).toBeVisible()
    for (const [theme, paper] of [
      ['light', 'rgb(248, 249, 250)'],
      ['dark', 'rgb(15, 17, 19)'],
    ] as const) {
      const mail = page.frameLocator(`iframe[title="verify-address, ${theme}"]`)
      await page.locator(`iframe[title="verify-address, ${theme}"]`).scrollIntoViewIfNeeded()
      await expect(mail.getByRole('link', { name: 'Confirm address' })).toBeVisible()
      await expect(mail.locator('body')).toHaveCSS('background-color', paper)
    }

    await expect(page.getByRole('link', { name: 'Status' })).toHaveAttribute(
      'href',
      'https://status.example.org',
    )

    for (const theme of ['Light', 'Dark']) {
      await page.getByRole('radio', { name: theme }).check()
      await expect(page.locator('[data-enough=true]').first()).toBeVisible()
      await expect(page.locator('[data-enough=false]'), theme).toHaveCount(0)
      expect(await accessibilityViolations(page), theme).toEqual([])
    }

    for (const brand of ['yellow', 'violet', 'black']) {
      await page.getByRole('radio', { name: brand }).check()
      for (const theme of ['Light', 'Dark']) {
        await page.getByRole('radio', { name: theme }).check()
        await expect(page.locator('[data-enough=false]'), `${brand}, ${theme}`).toHaveCount(0)
      }
    }
    await page.getByRole('radio', { name: 'own' }).check()

    await page.setViewportSize({ width: 320, height: 640 })
    await page.getByRole('radio', { name: 'right to left' }).check()
    expect(await horizontalOverflow(page), 'right to left').toEqual([])
    await page.getByRole('radio', { name: 'left to right' }).check()
    // 320 pixels: a window of 640 at 200 % zoom (WCAG 2.2, 1.4.4 and 1.4.10).
    await applyTextSpacing(page)
    expect(await horizontalOverflow(page)).toEqual([])

    // Links that do not fit in the header are in a menu, which the keyboard opens and closes.
    const links = page.getByRole('region', { name: 'Header links' })
    await expect(links.getByRole('link')).toHaveCount(0)
    await links.getByRole('button', { name: 'Menu' }).press('Enter')
    await expect(links.getByRole('link')).toHaveCount(pagePaths.length)
    expect(await accessibilityViolations(page), 'menu').toEqual([])
    await page.keyboard.press('Escape')
    await expect(links.getByRole('button', { name: 'Menu' })).toBeFocused()

    await page.getByRole('combobox', { name: 'User' }).click()
    await expect(page.getByRole('listbox').getByRole('option')).toHaveCount(3)
    expect(await accessibilityViolations(page), 'filter by user').toEqual([])
    await page.keyboard.press('Escape')

    for (const name of ['Dialog', 'Confirm, failed']) {
      await button(page, name).click()
      expect(await accessibilityViolations(page), name).toEqual([])
      await page.keyboard.press('Escape')
    }

    await page.emulateMedia({ forcedColors: 'active' })
    const edges = await page
      .getByRole('region', { name: 'Buttons' })
      .getByRole('button')
      .evaluateAll((buttons) => buttons.map((each) => getComputedStyle(each).borderTopColor))
    // In forced colours every button needs an opaque border.
    expect(edges.filter((edge) => edge.startsWith('rgba('))).toEqual([])
  } finally {
    // Its failed states ask for the server until it is back.
    await page.close()
    await vite.close()
  }
})

function sourcesIn(folder: string): [name: string, source: string][] {
  const path = fileURLToPath(new URL(`../src/${folder}/`, import.meta.url))
  const names = readdirSync(path).filter((name) => name.endsWith('.tsx'))
  return names.map((name) => [name, readFileSync(path + name, 'utf8')])
}
