import { Component } from 'react'
import type { ReactNode } from 'react'
import { PageNotLoaded } from '../components/load-page.ts'
import { CrashPage, NotLoadedPage } from './crash-page.tsx'

interface CrashBoundaryProps {
  /** The path. A change renders the children again. */
  place: string
  /** Called once for every error that is shown. */
  onCaught?: (error: unknown) => void
  /** Wraps the crash page. */
  frame?: (page: ReactNode) => ReactNode
  children: ReactNode
}

interface CrashState {
  error: unknown
  crashed: boolean
  place: string
}

/** Catches errors of pages and shows a crash page in place of an empty window. */
export class CrashBoundary extends Component<CrashBoundaryProps, CrashState> {
  override state: CrashState = { error: null, crashed: false, place: this.props.place }

  static getDerivedStateFromError(error: unknown): Partial<CrashState> {
    return { error, crashed: true }
  }

  static getDerivedStateFromProps(
    { place }: CrashBoundaryProps,
    state: CrashState,
  ): Partial<CrashState> | null {
    return place === state.place ? null : { error: null, crashed: false, place }
  }

  override componentDidCatch(error: unknown): void {
    this.props.onCaught?.(error)
  }

  readonly #retry = () => this.setState({ error: null, crashed: false })

  override render(): ReactNode {
    const { error, crashed } = this.state
    if (!crashed) return this.props.children
    if (error instanceof PageNotLoaded) return <NotLoadedPage isReachable={error.isReachable} />
    const page = <CrashPage error={error} onRetry={this.#retry} />
    return this.props.frame ? this.props.frame(page) : page
  }
}
