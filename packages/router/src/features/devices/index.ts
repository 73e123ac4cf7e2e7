export { createDeviceCookie, newDevice, type Device, type DeviceCookie } from './cookie.ts'
export { exportKnownDevices } from './export.ts'
export { findKnownDevice, forgetDevices, rememberDevice, touchDevice } from './store.ts'
