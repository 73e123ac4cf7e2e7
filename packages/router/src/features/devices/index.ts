export { createDeviceCookie, type Device, type DeviceCookie } from './cookie.ts'
export { forgetDevices, isKnownDevice, rememberDevice } from './store.ts'
