import { LightningElement, api } from 'lwc';
import { bootstrap } from '../../../bootstrap.js';
import { listUrl } from '../../../data/router.js';

const tabs = [
  { objectApiName: 'Opportunity', label: 'Opportunities' },
  { objectApiName: 'Lead', label: 'Leads' },
  { objectApiName: 'Account', label: 'Accounts' }
];

/** Global header and navigation bar of Lightning Experience, with the demo users where the profile menu would be. */
export default class GlobalHeader extends LightningElement {
  static override renderMode = 'light' as const;

  @api activeObject = '';
  readonly userName = bootstrap.user.displayName;
  readonly menuText = `View profile: ${bootstrap.user.displayName}`;
  readonly users = bootstrap.users.map((user) => ({ ...user, current: user.username === bootstrap.user.username }));
  /** The other systems of the sandbox, each in a window of its own. */
  readonly links = bootstrap.links;
  readonly dots = Array.from({ length: 9 }, (_, index) => index);

  get tabs(): object[] {
    return tabs.map(({ objectApiName, label }) => {
      const active = objectApiName === this.activeObject;
      return {
        objectApiName,
        label,
        url: listUrl(objectApiName),
        current: active ? 'page' : null,
        itemClass: `slds-context-bar__item${active ? ' slds-is-active' : ''}`
      };
    });
  }

  async handleSelect(event: CustomEvent<{ value: string }>): Promise<void> {
    const username = event.detail.value;
    await fetch('/session', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ username })
    });
    location.reload();
  }
}
