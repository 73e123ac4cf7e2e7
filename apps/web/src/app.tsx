import { isPagePath } from '@app/contract/routes'
import type { PagePath } from '@app/contract/routes'
import { useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { Route, Router, Switch, useLocation } from 'wouter'
import { ConfirmIdentity } from './auth/confirm-identity.tsx'
import { isAuthPage } from './auth/redirect-to.ts'
import { FlashProvider } from './components/flash.tsx'
import { confirmNavigation } from './components/leave-guard.ts'
import { includedPage, loadPage } from './components/load-page.ts'
import type { LoadedPage } from './components/load-page.ts'
import { IsNavigationProvider, useNavigationTracker } from './components/use-is-navigation.ts'
import type { DraftRestorer } from './drafts/draft-restorer.ts'
import { DraftsWatch } from './drafts/drafts-watch.tsx'
import { DraftsProvider } from './drafts/drafts.tsx'
import { KeptTextsProvider } from './drafts/kept-texts-context.tsx'
import { noteKeyPrefix } from './notes/note-key.ts'
import { LoginPage } from './pages/login.tsx'
import { useSessionState } from './session/session-context.ts'
import { useViewer } from './session/viewer.ts'
import { CrashBoundary } from './shell/crash-boundary.tsx'
import { BareLayout, Layout } from './shell/layout.tsx'
import { LockScreen } from './shell/lock-screen.tsx'
import { ProviderErrorNotice } from './shell/provider-error-notice.tsx'
import { SessionWatch } from './shell/session-watch.tsx'
import { UnsentFormNotice } from './shell/unsent-form-notice.tsx'

const notePage = loadPage(() => import('./pages/note.tsx').then((page) => page.NotePage))

/** Pages that load with the start page, so that they also open offline. */
const preloadedWithHome: readonly (() => Promise<unknown>)[] = [
  // One line a page.
  () => notePage.preload(),
]

/**
 * All pages by path. A page is a file in `pages/`, a line here, and a path in the contract, which the server
 * reads too. Its code loads when it is first opened.
 */
const pages = {
  '/': loadPage(() =>
    Promise.all([import('./pages/home.tsx'), ...preloadedWithHome.map((load) => load())]).then(
      ([page]) => page.HomePage,
    ),
  ),
  '/notes/:id': notePage,
  '/login': includedPage(LoginPage),
  '/signup': loadPage(() => import('./pages/signup.tsx').then((page) => page.SignupPage)),
  '/welcome': loadPage(() => import('./pages/choose-username.tsx').then((page) => page.ChooseUsernamePage)),
  '/forgot-password': loadPage(() =>
    import('./pages/forgot-password.tsx').then((page) => page.ForgotPasswordPage),
  ),
  '/reset-password': loadPage(() =>
    import('./pages/reset-password.tsx').then((page) => page.ResetPasswordPage),
  ),
  '/reset-factors': loadPage(() => import('./pages/reset-factors.tsx').then((page) => page.ResetFactorsPage)),
  '/verify-email': loadPage(() => import('./pages/verify-email.tsx').then((page) => page.VerifyEmailPage)),
  '/invitation': loadPage(() => import('./pages/invitation.tsx').then((page) => page.InvitationPage)),
  '/users': loadPage(() => import('./pages/users.tsx').then((page) => page.UsersPage)),
  '/invitations': loadPage(() => import('./pages/invitations.tsx').then((page) => page.InvitationsPage)),
  '/audit': loadPage(() => import('./pages/audit.tsx').then((page) => page.AuditPage)),
  '/account': loadPage(() => import('./pages/account.tsx').then((page) => page.ProfilePage)),
  '/account/email': loadPage(() => import('./pages/account-email.tsx').then((page) => page.EmailPage)),
  '/account/password': loadPage(() =>
    import('./pages/account-password.tsx').then((page) => page.PasswordPage),
  ),
  '/account/security': loadPage(() =>
    import('./pages/account-security.tsx').then((page) => page.SecurityPage),
  ),
  '/account/sessions': loadPage(() =>
    import('./pages/account-sessions.tsx').then((page) => page.SessionsPage),
  ),
  '/account/tokens': loadPage(() => import('./pages/account-tokens.tsx').then((page) => page.TokensPage)),
  '/account/activity': loadPage(() =>
    import('./pages/account-activity.tsx').then((page) => page.ActivityPage),
  ),
  '/account/data': loadPage(() => import('./pages/account-data.tsx').then((page) => page.DataPage)),
} satisfies Record<PagePath, LoadedPage>

/** Loads the code of the opened page, whose form in index.html works meanwhile. */
export async function preloadOpenedPage(): Promise<void> {
  const { pathname } = window.location
  await Object.entries(pages)
    .find(([address]) => address === pathname)?.[1]
    .preload()
}

/** Features whose unsaved documents are restored after a crash or a reload. */
const draftRestorers: readonly DraftRestorer[] = [
  // One line a feature.
  { keyPrefix: noteKeyPrefix, load: () => import('./notes/open-writer.ts') },
]

const NotFoundPage = loadPage(() => import('./pages/not-found.tsx').then((page) => page.NotFoundPage))

export function App() {
  const isNavigation = useNavigationTracker()
  const { viewerGeneration } = useSessionState()
  return (
    <IsNavigationProvider value={isNavigation}>
      {/* Messages, drafts, dialogs and pages of a user are unmounted when another user logs in. */}
      <Router key={viewerGeneration} aroundNav={confirmNavigation}>
        <KeptTextsProvider isAuthPage={isAuthPage}>
          <CrashBoundary place="" frame={(page) => <BareLayout>{page}</BareLayout>}>
            <FlashProvider>
              <DraftsProvider>
                <SessionWatch />
                <DraftsWatch restorers={draftRestorers} />
                <UnsentFormNotice />
                <ProviderErrorNotice />
                <Layout>
                  <Pages />
                </Layout>
                <LockScreen />
              </DraftsProvider>
            </FlashProvider>
          </CrashBoundary>
        </KeptTextsProvider>
      </Router>
    </IsNavigationProvider>
  )
}

function Pages() {
  const [path] = useLocation()
  const { data: viewer } = useViewer()
  const isVisitor = viewer === undefined ? undefined : viewer === null
  useEffect(() => (isVisitor === undefined ? undefined : preloadPages(isVisitor)), [isVisitor])
  const cache = useQueryClient()
  // The next visit of the page calls the server again.
  const removeFailed = (error: unknown) =>
    cache.removeQueries({ predicate: ({ state }) => state.error === error })
  return (
    <CrashBoundary place={path} onCaught={removeFailed}>
      <ConfirmIdentity>
        <Switch>
          {isPagePath(path) &&
            Object.entries(pages).map(([address, page]) => (
              <Route key={address} path={address} component={page} />
            ))}
          <Route component={NotFoundPage} />
        </Switch>
      </ConfirmIdentity>
    </CrashBoundary>
  )
}

const visitorPages: ReadonlySet<string> = new Set<PagePath>(['/', '/login', '/signup', '/forgot-password'])

/**
 * Loads the code of the pages that can be opened next, at most 30 KB, after the first page is shown. Then
 * they open without a delay, and offline they can still show their own message. Starts a few at a time,
 * because all of them at once would block the page that is shown.
 */
function preloadPages(isVisitor: boolean): () => void {
  const next = Object.entries(pages).filter(([address]) => !isVisitor || visitorPages.has(address))
  preloadWhenIdle()
  return () => {
    next.length = 0
  }

  function preloadWhenIdle() {
    // Not every browser has `requestIdleCallback`.
    if (typeof requestIdleCallback === 'undefined') setTimeout(preload, 200)
    else requestIdleCallback(preload)
  }

  function preload() {
    const some = next.splice(0, 4)
    for (const [, page] of some) void page.preload()
    if (some.length > 0) preloadWhenIdle()
  }
}
