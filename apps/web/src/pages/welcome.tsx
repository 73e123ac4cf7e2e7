import { product } from '@app/contract/product'
import { ButtonLink } from '../components/button-link.tsx'
import { Page } from '../components/page.tsx'
import { Row } from '../components/row.tsx'
import styles from './welcome.module.css'

const features = [
  {
    title: 'Only yours',
    text: 'No other user can read what you store here, not even an admin.',
  },
  {
    title: 'See where you are logged in',
    text: 'Your account lists its sessions and what was done in it. End any session with one click.',
  },
  {
    title: 'A log-out ends the session',
    text: 'Logging out ends the session on the server, not just in this window.',
  },
]

export function Welcome() {
  return (
    <Page
      title={`Welcome to ${product.name}`}
      width="hero"
      lead="One account for everything that you store here."
    >
      <div className={styles['welcome']}>
        <Row>
          <ButtonLink href="/signup" look="primary">
            Create an account
          </ButtonLink>
          <ButtonLink href="/login">Log in</ButtonLink>
        </Row>
        <ul className={styles['features']}>
          {features.map(({ title, text }) => (
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
