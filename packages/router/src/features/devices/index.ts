export { createDeviceCookie, newDevice, type Device, type DeviceCookie } from './cookie.ts'
export { findKnownDevice, forgetDevices, listDeviceUses, rememberDevice, touchDevice } from './store.ts'
