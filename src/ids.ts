/** Every id that the manifest, other extensions or the user's settings rely on. A test compares it with package.json. */

export const extensionId = 'sms-delivery.smsc-status';

export const commands = {
  checkStatus: 'smsc.checkStatus',
  checkMany: 'smsc.checkMany',
  recheck: 'smsc.recheck',
  openMessage: 'smsc.openMessage',
  copyPhone: 'smsc.copyPhone',
  copyId: 'smsc.copyId',
  copyPhoneAndId: 'smsc.copyPhoneAndId',
  copyReport: 'smsc.copyReport',
  removeMessage: 'smsc.removeMessage',
  filterHistory: 'smsc.filterHistory',
  clearFilter: 'smsc.clearFilter',
  clearHistory: 'smsc.clearHistory',
  showMore: 'smsc.showMore',
  addAccount: 'smsc.addAccount',
  editAccount: 'smsc.editAccount',
  switchAccount: 'smsc.switchAccount',
  removeAccount: 'smsc.removeAccount',
  testConnection: 'smsc.testConnection',
  useDemoAccount: 'smsc.useDemoAccount',
  showLog: 'smsc.showLog',
} as const;
export type CommandId = (typeof commands)[keyof typeof commands];

export const views = { container: 'smsc', history: 'smsc.history' } as const;

export const panels = { message: 'smsc.message', batch: 'smsc.batch' } as const;

export const settings = {
  timeout: 'smsc.timeout',
  notifications: 'smsc.notifications',
  keepDays: 'smsc.history.keepDays',
  keepMessages: 'smsc.history.keepMessages',
} as const;

/** Context keys for `when` clauses. */
export const contexts = {
  filtered: 'smsc.filtered',
  hasAccount: 'smsc.hasAccount',
  ready: 'smsc.ready',
} as const;
