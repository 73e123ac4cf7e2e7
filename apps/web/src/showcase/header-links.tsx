import { pagePaths } from '@app/contract'
import { PageMenu } from '../shell/page-menu.tsx'
import { Kind, Specimen } from './specimen.tsx'

/** Far more links than any header has room for. */
const links = pagePaths.map((href) => ({ href, label: `Page ${href}` }))

export function HeaderLinks() {
  return (
    <Kind name="Header links">
      <Specimen name="more than fit" wide>
        <PageMenu links={links} />
      </Specimen>
    </Kind>
  )
}
