import type { PagePath } from '@latchkey/contract'
import { Suspense, type ComponentType } from 'react'
import { Route, Switch, useLocation } from 'wouter'

import { CrashBoundary } from './components/crash-boundary.tsx'
import { FlashProvider } from './components/flash.tsx'
import { HistoryMovedProvider, useHistoryWatch } from './components/history-moved.ts'
import { Layout } from './components/layout.tsx'
import { loadPage } from './components/load-page.ts'
import { Skeleton } from './components/skeleton.tsx'
import { ConfirmIdentity } from './session/confirm-identity.tsx'
import { DraftsProvider } from './session/drafts.tsx'
import { DraftsWatch } from './session/drafts-watch.tsx'
import { SessionWatch } from './session/session-watch.tsx'

/**
 * Every page, by its address: a page is a file in `pages/`, a line here, and its address in the contract, by which the server
 * knows it too. It is loaded when it is first opened.
 */
const pages = {
  '/': loadPage(() => import('./pages/home.tsx').then((page) => page.HomePage)),
  '/notes/:id': loadPage(() => import('./pages/note.tsx').then((page) => page.NotePage)),
  '/login': loadPage(() => import('./pages/login.tsx').then((page) => page.LoginPage)),
  '/signup': loadPage(() => import('./pages/signup.tsx').then((page) => page.SignupPage)),
  '/users': loadPage(() => import('./pages/users.tsx').then((page) => page.UsersPage)),
  '/audit': loadPage(() => import('./pages/audit.tsx').then((page) => page.AuditPage)),
  '/profile': loadPage(() => import('./pages/profile.tsx').then((page) => page.ProfilePage)),
} satisfies Record<PagePath, ComponentType>

const NotFoundPage = loadPage(() => import('./pages/not-found.tsx').then((page) => page.NotFoundPage))

export function App() {
  const [path] = useLocation()
  const historyMoved = useHistoryWatch()
  return (
    <HistoryMovedProvider value={historyMoved}>
      <FlashProvider>
        <DraftsProvider>
          <SessionWatch />
          <DraftsWatch />
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
