import type { Page } from 'playwright-core';
import { endpoints } from './sandbox.js';

/** The inbox of the Partner Center stand-in, as a person uses it. */
export class Inbox {
  public constructor(public readonly page: Page) {}

  /** Sends a co-sell deal as Microsoft. Answers the referral's id. */
  public async sendDeal(name: string, customer: string): Promise<string> {
    await this.page.goto(`${endpoints().partnerCenter.inboxUrl}/new`);
    const texts: Readonly<Record<string, string>> = {
      'Deal name': name,
      Value: '64000',
      Company: customer,
      Address: 'Kade 1',
      'Postal code': '1011 AB',
      City: 'Amsterdam',
      'First name': 'Ina',
      'Last name': 'Klant',
      'E-mail': 'ina.klant@customer.example',
      Phone: '+31 20 555 0101'
    };
    for (const [label, value] of Object.entries(texts)) await this.page.getByLabel(label, { exact: true }).fill(value);
    await this.page.getByRole('button', { name: 'Send to the partner' }).click();
    await this.page.waitForURL(/\/inbox\/referrals\/[0-9a-f-]{36}$/);
    return this.page.url().split('/').at(-1) ?? '';
  }

  public async open(referralId: string): Promise<void> {
    await this.page.goto(`${endpoints().partnerCenter.inboxUrl}/referrals/${referralId}`);
  }

  /** What the deal's page says, on one line; it renews itself when the deal changes. */
  public async text(): Promise<string> {
    return (await this.page.locator('main').innerText()).replace(/\s+/g, ' ');
  }

  /** `Active · Accepted` of the partner's own referral. */
  public status(): Promise<string> {
    return this.page.locator('.head .pill').innerText();
  }

  /** Name of the customer and kind of the deal. */
  public kind(): Promise<string> {
    return this.page.locator('.head .sub').innerText();
  }

  /** Opens one of the deal's dialogs, fills it, and sends it. */
  public async act(button: string, values: Readonly<Record<string, string>> = {}): Promise<void> {
    await this.page.bringToFront();
    await this.page.getByRole('button', { name: button, exact: true }).click();
    const dialog = this.page.getByRole('dialog');
    for (const [label, value] of Object.entries(values)) await dialog.getByLabel(label).fill(value);
    await dialog.locator('button[type=submit]').click();
    await dialog.waitFor({ state: 'hidden' });
  }
}
