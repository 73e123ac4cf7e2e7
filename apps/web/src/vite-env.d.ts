interface ImportMetaEnv {
  /** The version of package.json at the root (vite.config.ts). */
  readonly APP_VERSION: string
}
