import { device } from './storage.js';

/** "light", "dark", or null: as the system. */
export const theme = () => device.get('theme');

/** @param {string | null} value */
export function setTheme(value) {
  device.set('theme', value);
  if (value) {
    document.documentElement.dataset.theme = value;
  } else {
    delete document.documentElement.dataset.theme;
  }
}
