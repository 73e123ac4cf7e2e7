export { createDeviceCookie, newDevice, type Device, type DeviceCookie } from './cookie.ts'
export { exportKnownDevices } from './export.ts'
export { findKnownDevice, deleteDevices, rememberDevice, touchDevice } from './store.ts'
