import { setTimeout as wait } from 'node:timers/promises';
import type { EventLog, OpenSync, ServiceResult } from '../../../plugin/src/service/index.js';
import { serve } from '../../../plugin/src/service/index.js';

export interface ServiceStatus {
  cycles: number;
  receiver: { url: string; accepted: number; refused: number; lastRefusal: string | null } | null;
  changeEvents: { topics: { topic: string; state: string; code?: string }[]; received: number; own: number } | null;
}

/** The service as it runs, and what it logged. */
export class Serving {
  public readonly log: string[] = [];
  private readonly controller = new AbortController();
  private readonly served: Promise<ServiceResult>;
  private healthUrl = '';

  public constructor(private readonly sync: OpenSync) {
    const log: EventLog = {
      write: (_level, event, fields) => void this.log.push(`${event} ${fields?.['code'] ?? ''}`.trim())
    };
    const onStart = ({ healthUrl = '' }: { healthUrl?: string }): void => void (this.healthUrl = healthUrl);
    this.served = serve(sync, { signal: this.controller.signal, log, healthPort: 0, onStart });
  }

  public async status(): Promise<ServiceStatus> {
    await until(() => this.healthUrl !== '');
    return (await (await fetch(`${this.healthUrl}/status`)).json()) as ServiceStatus;
  }

  /** Waits for a first look that is over and for all topics to stand. */
  public async ready(state = 'open'): Promise<ServiceStatus> {
    let status = await this.status();
    await until(async () => {
      status = await this.status();
      return status.cycles > 0 && (status.changeEvents?.topics ?? []).every((topic) => topic.state === state);
    });
    return status;
  }

  /** Waits until no cycle was begun for a while; answers their number. */
  public async quiet(forMs: number): Promise<number> {
    for (;;) {
      const { cycles } = await this.status();
      await wait(forMs);
      if ((await this.status()).cycles === cycles) return cycles;
    }
  }

  public async stop(): Promise<ServiceResult> {
    this.controller.abort();
    const result = await this.served;
    await this.sync.close();
    return result;
  }
}

export async function until(condition: () => boolean | Promise<boolean>, limitMs = 10_000): Promise<number> {
  const begun = performance.now();
  while (!(await condition())) {
    if (performance.now() - begun > limitMs) throw new Error(`Waited ${String(limitMs)} ms in vain.`);
    await wait(10);
  }
  return performance.now() - begun;
}
