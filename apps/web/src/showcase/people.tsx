import { Ellipsis, LogOut, Monitor, Trash2, UserRound } from 'lucide-react'
import { Avatar } from '../components/avatar.tsx'
import { Badge } from '../components/badge.tsx'
import { BrandMark } from '../components/brand-mark.tsx'
import { Icon } from '../components/icon.tsx'
import { Menu, MenuItem, MenuLine } from '../components/menu.tsx'
import { Person } from '../components/person.tsx'
import { Row } from '../components/row.tsx'
import { tones } from '../components/tone.ts'
import { viewer } from './example-users.ts'
import { Kind, Specimen } from './specimen.tsx'

/** Ids that get the eight colours, in order. */
const ids = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h']
const sizes = ['small', 'normal', 'large'] as const

/** Shows avatars, badges, icons and menus. */
export function People() {
  return (
    <Kind name="People, badges and menus">
      <Specimen name="avatars in every colour">
        <Row>
          {ids.map((id) => (
            <Avatar key={id} id={id} name={`${id} Lovelace`} />
          ))}
        </Row>
      </Specimen>
      <Specimen name="avatars in every size and script">
        <Row>
          {sizes.map((size) => (
            <Avatar key={size} id="a" name="Ada" size={size} />
          ))}
          <Avatar id="b" name="أحمد علي" />
          <Avatar id="c" name="王小明" />
        </Row>
      </Specimen>
      <Specimen name="person">
        <Person user={viewer} badge={<Badge tone="accent">Admin</Badge>} />
        <Person user={viewer} size="large" />
      </Specimen>
      <Specimen name="badges">
        <Row>
          {tones.map((tone) => (
            <Badge key={tone} tone={tone}>
              {tone}
            </Badge>
          ))}
        </Row>
      </Specimen>
      <Specimen name="mark and icons">
        <Row>
          <BrandMark />
          {(['small', 'normal', 'large'] as const).map((size) => (
            <Icon key={size} icon={UserRound} size={size} />
          ))}
        </Row>
      </Specimen>
      <Specimen name="menu">
        <Menu button={<Icon icon={Ellipsis} />} label="Actions for Ada">
          <MenuItem>
            <Icon icon={Monitor} />
            <span>Sessions</span>
          </MenuItem>
          <MenuItem>
            <Icon icon={LogOut} />
            <span>Log out everywhere</span>
          </MenuItem>
          <MenuLine />
          <MenuItem danger>
            <Icon icon={Trash2} />
            <span>Remove</span>
          </MenuItem>
        </Menu>
      </Specimen>
    </Kind>
  )
}
