import { horizontalOverflow } from '../setup/accessibility.ts'
import { call } from '../setup/actors.ts'
import { logInAsAdmin } from '../setup/admins.ts'
import { title } from '../setup/forms.ts'
import { expect, test } from '../setup/test.ts'

/** A4 without the usual margins, in CSS pixels. */
const paper = { width: 718, height: 1000 }

test('print: notes, users and activity print completely, black on white, without controls', async ({
  page,
  server,
}) => {
  const lines = Array.from({ length: 80 }, (_, index) => `Line ${index + 1}`).join('\n')
  await logInAsAdmin(page, server)
  const { id } = await call(page, server, 'notes.create', { title: 'Inventory', body: lines })
  await page.setViewportSize(paper)
  await page.emulateMedia({ colorScheme: 'dark', media: 'print' })

  for (const [path, heading] of Object.entries({
    '/': 'Your notes',
    [`/notes/${id}`]: 'Inventory',
    '/users': 'Users',
    '/account/activity': 'Activity',
  })) {
    await page.goto(path)
    await expect(title(page)).toHaveText(heading)
    await expect(page.locator('[data-loading]')).toHaveCount(0)
    await expect(page.locator('html')).toHaveCSS('background-color', 'rgb(255, 255, 255)')
    await expect(page.getByRole('link', { name: /New note|All notes/ }), path).toHaveCount(0)
    for (const role of ['banner', 'contentinfo', 'navigation', 'button', 'search'] as const) {
      await expect(page.getByRole(role), path).toHaveCount(0)
    }
    expect(await horizontalOverflow(page), path).toEqual([])
    // Printed times are longer, and must not run into the next column.
    const cells = await page
      .locator('td')
      .evaluateAll((all) => all.map((td) => td.scrollWidth - td.clientWidth))
    expect(Math.max(0, ...cells), path).toBe(0)
    // A text field would be cut off at the end of the sheet.
    await expect(page.getByRole('textbox', { name: 'Text' })).toHaveCount(0)
    if (path.startsWith('/notes/')) {
      await expect(page.getByText('Line 80').and(page.locator('div'))).toBeVisible()
    }
  }
})
