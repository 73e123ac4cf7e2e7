import '../without-eval.ts'
import '../tokens.css'
import '../base.css'

import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'

import { FlashProvider } from '../components/flash.tsx'
import { Showcase } from './showcase.tsx'

const root = document.getElementById('root')
if (root === null) throw new TypeError('components.html has no #root')

createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={new QueryClient()}>
      <FlashProvider>
        <Showcase />
      </FlashProvider>
    </QueryClientProvider>
  </StrictMode>,
)
