import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** The sections that require action by an owner. */
const sections = ['Security', 'Migrations', 'Joining lists']

/**
 * Reads the changes that an owner must know after an upgrade from the merged CHANGELOG.
 *
 * @param {string} root
 * @param {string} since the version before the upgrade
 * @returns {string} the sections *security*, *migrations* and *joining lists* of all newer versions
 */
export function changesBetween(root, since) {
  const changelog = readFileSync(join(root, 'CHANGELOG.md'), 'utf8')
  const newer = changelog.split(/^## /m).slice(1)
  const end = newer.findIndex(
    (version) => version.startsWith(`${since} `) || version.startsWith(`[${since}]`),
  )
  return newer
    .slice(0, end < 0 ? newer.length : end)
    .flatMap((version) => {
      const [title = '', ...parts] = version.split(/^### /m)
      const kept = parts.filter((part) => sections.some((section) => part.startsWith(section)))
      return kept.length === 0 ? [] : [`\n${title.split('\n')[0]}`, ...kept.map((part) => part.trimEnd())]
    })
    .join('\n')
}
