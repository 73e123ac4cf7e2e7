import { Laptop, ShieldX, SquareTerminal } from 'lucide-react'
import { Avatar } from '../components/avatar.tsx'
import { Badge } from '../components/badge.tsx'
import { Button } from '../components/button.tsx'
import { FormAlert } from '../components/form-alert.tsx'
import { IconTile } from '../components/icon-tile.tsx'
import { ItemList } from '../components/item-list.tsx'
import { ItemRow } from '../components/item-row.tsx'
import { MomentAgo } from '../components/moment.tsx'
import { Row } from '../components/row.tsx'
import { tones } from '../components/tone.ts'
import { at } from './example-users.ts'
import { Kind, Specimen } from './specimen.tsx'

const now = Date.parse(at) + 3 * 60 * 60 * 1_000

/** Shows the rows of lists. */
export function Rows() {
  return (
    <Kind name="Rows">
      <Specimen name="icon tiles">
        <Row>
          {tones.map((tone) => (
            <IconTile key={tone} icon={Laptop} tone={tone} />
          ))}
        </Row>
      </Specimen>
      <Specimen name="list of rows" wide>
        <ItemList label="Devices">
          <li>
            <ItemRow
              heading
              lead={<IconTile icon={Laptop} />}
              title="Firefox on Windows"
              badges={<Badge tone="success">This device</Badge>}
              detail={
                <>
                  <span>192.0.2.1</span>
                  <span>Two details</span>
                </>
              }
              note="Active now"
            />
          </li>
          <li>
            <ItemRow
              heading
              actionBelow
              lead={<IconTile icon={SquareTerminal} />}
              title={'A name that needs a second line, '.repeat(4)}
              detail={<span>192.0.2.1</span>}
              note={<MomentAgo at={at} now={now} />}
              action={<Button look="quiet">End session</Button>}
            >
              <FormAlert problem="Nothing was changed. Try again." />
            </ItemRow>
          </li>
          <li>
            <ItemRow lead={<IconTile icon={ShieldX} tone="danger" />} title="Without details" />
          </li>
        </ItemList>
      </Specimen>
      <Specimen name="busy list" wide>
        <ItemList label="Users" busy>
          <li>
            <ItemRow lead={<Avatar id="a" name="Ada" />} title="Ada" note={<MomentAgo at={at} now={now} />} />
          </li>
        </ItemList>
      </Specimen>
    </Kind>
  )
}
