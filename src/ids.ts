/** Every id that the manifest, other extensions or the user's settings rely on. A test compares it with package.json. */

export const extensionId = 'sms-delivery.smsc-status';

export const commands = {
  checkStatus: 'smsc.checkStatus',
  checkMany: 'smsc.checkMany',
  checkAtCursor: 'smsc.checkAtCursor',
  checkTerminalSelection: 'smsc.checkTerminalSelection',
  recheck: 'smsc.recheck',
  openMessage: 'smsc.openMessage',
  openPlace: 'smsc.openPlace',
  copyPhone: 'smsc.copyPhone',
  copyId: 'smsc.copyId',
  copyPhoneAndId: 'smsc.copyPhoneAndId',
  copyReport: 'smsc.copyReport',
  copyLink: 'smsc.copyLink',
  forgetMessage: 'smsc.forgetMessage',
  togglePrivacy: 'smsc.togglePrivacy',
  endPrivacy: 'smsc.endPrivacy',
  showHistoryPlace: 'smsc.showHistoryPlace',
  watch: 'smsc.watch',
  stopWatching: 'smsc.stopWatching',
  filterHistory: 'smsc.filterHistory',
  clearFilter: 'smsc.clearFilter',
  clearHistory: 'smsc.clearHistory',
  exportHistory: 'smsc.exportHistory',
  showStatistics: 'smsc.showStatistics',
  copyForSupport: 'smsc.copyForSupport',
  showMore: 'smsc.showMore',
  addAccount: 'smsc.addAccount',
  editAccount: 'smsc.editAccount',
  switchAccount: 'smsc.switchAccount',
  removeAccount: 'smsc.removeAccount',
  testConnection: 'smsc.testConnection',
  useDemoAccount: 'smsc.useDemoAccount',
  explainCode: 'smsc.explainCode',
  showLog: 'smsc.showLog',
} as const;
export type CommandId = (typeof commands)[keyof typeof commands];

export const views = { container: 'smsc', history: 'smsc.history' } as const;

export const panels = {
  message: 'smsc.message',
  batch: 'smsc.batch',
  statistics: 'smsc.statistics',
} as const;
export type PanelId = (typeof panels)[keyof typeof panels];

/** Tools for coding agents. */
export const tools = { checkDeliveryStatus: 'smsc_check_delivery_status' } as const;

export const settings = {
  timeout: 'smsc.timeout',
  notifications: 'smsc.notifications',
  privacy: 'smsc.privacy',
  keepDays: 'smsc.history.keepDays',
  keepMessages: 'smsc.history.keepMessages',
  watchIntervals: 'smsc.watch.intervals',
  watchHours: 'smsc.watch.hours',
  terminalLinks: 'smsc.terminalLinks',
  editorLinks: 'smsc.editorLinks',
} as const;

/** Context keys for `when` clauses. */
export const contexts = {
  filtered: 'smsc.filtered',
  hasAccount: 'smsc.hasAccount',
  ready: 'smsc.ready',
} as const;
