/** What the server tells the page before anything is asked for: who is signed in and who else can be chosen. */
export interface Bootstrap {
  user: { id: string; username: string; displayName: string; locale: string; timeZone: string; language: string };
  users: { username: string; displayName: string }[];
  apiVersion: string;
  /** Pages of the systems beside Salesforce. */
  links: { label: string; url: string }[];
}

/** Sent as a data block, which the content security policy lets through because it is never executed. */
export const bootstrap = JSON.parse(document.getElementById('bootstrap')?.textContent ?? '{}') as Bootstrap;
