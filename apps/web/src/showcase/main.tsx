import '../api/zod-jitless.ts'
import '../font.css'
import 'virtual:brand.css'
import '../tokens.css'
import '../base.css'
// The mark's sizes and colours.
import '../shell/app-header.css'
import { createClient } from '@app/client'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { ApiProvider, createApi } from '../api/api.ts'
import { FlashProvider } from '../components/flash.tsx'
import { guardAgainstTranslation } from '../shell/translation-guard.ts'
import { users, viewer } from './example-users.ts'
import { Showcase } from './showcase.tsx'

guardAgainstTranslation()

const root = document.getElementById('root')
if (root === null) throw new TypeError('components.html has no #root')

// There is no server here: the first users of the filter are in the cache.
const cache = new QueryClient({ defaultOptions: { queries: { retry: false, staleTime: Infinity } } })
cache.setQueryData(['users', viewer.id, viewer.role, '', null], { items: users, nextCursor: null })

createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={cache}>
      <ApiProvider value={createApi(createClient(window.location.origin))}>
        <FlashProvider>
          <Showcase />
        </FlashProvider>
      </ApiProvider>
    </QueryClientProvider>
  </StrictMode>,
)
