import { undiciHttp } from '../../plugin/src/connectors/http/undici-http.js';
import type { ClosableHttp } from '../../plugin/src/connectors/http/index.js';

/** What a person picks on the page of the sign-in service. */
export interface Choice {
  user?: string;
  mfa?: 'yes' | 'no';
  decision?: 'yes' | 'no';
}

const post = (url: string, form: Record<string, string>): Promise<Response> =>
  fetch(url, {
    method: 'POST',
    redirect: 'manual',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams(form).toString()
  });

const chosen = ({ user = 'admin@contoso-partners.example', mfa = 'yes', decision = 'yes' }: Choice) => ({
  user,
  mfa,
  decision
});

/** A person in front of a browser, who comes back to the program that sent them; answers what they see then. */
export async function signInAt(url: string, choice: Choice = {}): Promise<string> {
  const { origin, pathname, searchParams } = new URL(url);
  const answer = await post(`${origin}${pathname}`, { ...Object.fromEntries(searchParams), ...chosen(choice) });
  const back = new URL(answer.headers.get('location') ?? '');
  // The program listens on IPv4; browsers try both.
  back.hostname = '127.0.0.1';
  return (await fetch(back)).text();
}

/** A person who types the code of a device; the program's first question waits for them, so that no test sleeps. */
export class DeviceCodePerson {
  public readonly http: ClosableHttp;
  private readonly done: Promise<void>;
  private answered: () => void = () => undefined;

  public constructor(private readonly choice: Choice = {}) {
    const http = undiciHttp();
    this.done = new Promise((resolve) => {
      this.answered = resolve;
    });
    this.http = {
      close: () => http.close(),
      request: async (request) => {
        if (request.body?.includes('device_code=') === true) await this.done;
        return http.request(request);
      }
    };
  }

  public readonly show = ({ url, userCode }: { url: string; userCode: string }): void => {
    void post(url, { user_code: userCode, ...chosen(this.choice) }).then(() => this.answered());
  };
}
