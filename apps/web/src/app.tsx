import type { PagePath } from '@latchkey/contract'
import { Suspense, lazy, type ComponentType } from 'react'
import { Route, Switch, useLocation } from 'wouter'

import { CrashBoundary } from './components/crash-boundary.tsx'
import { FlashProvider } from './components/flash.tsx'
import { HistoryMovedProvider, useHistoryWatch } from './components/history-moved.ts'
import { Layout } from './components/layout.tsx'
import { Skeleton } from './components/skeleton.tsx'
import { ConfirmIdentity } from './session/confirm-identity.tsx'
import { DraftsProvider } from './session/drafts.tsx'
import { SessionWatch } from './session/session-watch.tsx'

/**
 * Every page, by its address: a page is a file in `pages/`, a line here, and its address in the contract, by which the server
 * knows it too. It is loaded when it is first opened.
 */
const pages = {
  '/': lazy(() => import('./pages/home.tsx').then((page) => ({ default: page.HomePage }))),
  '/login': lazy(() => import('./pages/login.tsx').then((page) => ({ default: page.LoginPage }))),
  '/signup': lazy(() => import('./pages/signup.tsx').then((page) => ({ default: page.SignupPage }))),
  '/users': lazy(() => import('./pages/users.tsx').then((page) => ({ default: page.UsersPage }))),
  '/profile': lazy(() => import('./pages/profile.tsx').then((page) => ({ default: page.ProfilePage }))),
} satisfies Record<PagePath, ComponentType>

const NotFoundPage = lazy(() =>
  import('./pages/not-found.tsx').then((page) => ({ default: page.NotFoundPage })),
)

export function App() {
  const [path] = useLocation()
  const historyMoved = useHistoryWatch()
  return (
    <HistoryMovedProvider value={historyMoved}>
      <FlashProvider>
        <DraftsProvider>
          <SessionWatch />
          <Layout>
            <CrashBoundary place={path}>
              <Suspense fallback={<Skeleton label="Loading" blocks={1} />}>
                <ConfirmIdentity>
                  <Switch>
                    {Object.entries(pages).map(([address, page]) => (
                      <Route key={address} path={address} component={page} />
                    ))}
                    <Route component={NotFoundPage} />
                  </Switch>
                </ConfirmIdentity>
              </Suspense>
            </CrashBoundary>
          </Layout>
        </DraftsProvider>
      </FlashProvider>
    </HistoryMovedProvider>
  )
}
