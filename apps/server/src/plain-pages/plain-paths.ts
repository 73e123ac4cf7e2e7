export const plainPaths = {
  account: '/plain',
  logIn: '/plain/login',
  signUp: '/plain/signup',
  secondStep: '/plain/second-step',
  resetFactors: '/plain/reset-factors',
  forgotPassword: '/plain/forgot-password',
  resetPassword: '/plain/reset-password',
  logOut: '/log_out',
} as const

/** The account page after a log-in, which the browser must open with the new cookie. */
export const afterLogInPath = `${plainPaths.account}?form=logged-in`
