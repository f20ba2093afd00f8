/** Icon and colour of a sync state in lists, those of the section on the record. */
export interface StateIcon {
  name: string;
  variant?: 'success' | 'warning' | 'error';
}

export const syncStateIcons: Readonly<Record<string, StateIcon>> = {
  Pending: { name: 'utility:sync' },
  Synced: { name: 'utility:success', variant: 'success' },
  Attention: { name: 'utility:warning', variant: 'warning' },
  Conflict: { name: 'utility:merge', variant: 'warning' },
  Error: { name: 'utility:error', variant: 'error' },
  Closed: { name: 'utility:lock' }
};
