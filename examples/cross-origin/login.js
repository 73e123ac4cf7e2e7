import { login, serverUrl } from './config.js'

window.submitLogin = function () {
  void login({
    URL: `${serverUrl}/api/authenticate`,
    callback: () => location.assign('account.html'),
    message: 'message',
    method: 'POST',
    cache: 'no-cache',
    body: {
      uid: document.getElementById('uid').value,
      password: document.getElementById('password').value,
    },
  })
}
