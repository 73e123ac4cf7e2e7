import { product } from '@app/contract/product'
import { Actions } from '../components/actions.tsx'
import { ButtonLink } from '../components/button-link.tsx'
import { Page } from '../components/page.tsx'
import styles from './welcome.module.css'

const features = [
  {
    title: 'Private',
    text: 'Only you can read what you store here. Other users and admins cannot.',
  },
  {
    title: 'See where you are logged in',
    text: 'Your account lists its sessions and its activity. End a session with one click.',
  },
  {
    title: 'Log out completely',
    text: 'Logging out ends your session on the server, not only in this browser.',
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
        <Actions
          main={
            <ButtonLink href="/signup" look="primary">
              Create an account
            </ButtonLink>
          }
        >
          <ButtonLink href="/login">Log in</ButtonLink>
        </Actions>
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
