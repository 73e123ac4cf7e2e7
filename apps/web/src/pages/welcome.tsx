import { product } from '@app/contract/product'
import { ButtonLink } from '../components/button-link.tsx'
import { Page } from '../components/page.tsx'
import { Row } from '../components/row.tsx'
import styles from './welcome.module.css'

const promises = [
  {
    title: 'Only yours',
    text: 'Nobody else can read what you store here, not even an administrator.',
  },
  {
    title: 'You see who was there',
    text: 'Your account lists its sessions and what was done in it. End any session with one click.',
  },
  {
    title: 'Locked when you say so',
    text: 'Logging out ends the session on the server, not just in this window.',
  },
]

export function Welcome() {
  return (
    <Page
      title={`Welcome to ${product.name}`}
      width="hero"
      lead="Everything of yours behind one key: your own account."
    >
      <div className={styles['welcome']}>
        <Row>
          <ButtonLink href="/signup" look="primary">
            Create an account
          </ButtonLink>
          <ButtonLink href="/login">Log in</ButtonLink>
        </Row>
        <ul className={styles['features']}>
          {promises.map(({ title, text }) => (
            <li key={title} className={styles['feature']}>
              <h2>{title}</h2>
              <p>{text}</p>
            </li>
          ))}
        </ul>
      </div>
    </Page>
  )
}
