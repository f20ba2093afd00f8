import type { LedgerEntry } from '../../plugin/src/ledger/port.js';
import { sameValue } from '../../plugin/src/mapping/compare.js';
import type { FieldRule, Side } from '../../plugin/src/mapping/types.js';
import type { JsonValue } from '../../plugin/src/ports/json.js';
import { resolveConflict } from '../../plugin/src/service/conflicts.js';
import type { SimWorld } from './world.js';

/** A decision as it was made, and how many values either side had had by then. */
interface Made {
  key: string;
  field: FieldRule;
  kept: JsonValue;
  givenUp: JsonValue;
  keep: Side;
  seen: Record<Side, number>;
}

const COLUMNS: Readonly<Record<string, string>> = { dealValue: 'Amount', notes: 'Description' };

/** What people decide about conflicts, as on the command line, and whether it is carried out. */
export class Deciding {
  private readonly made = new Map<string, Made>();

  public constructor(private readonly world: SimWorld) {}

  public decide(key: string, keep: Side): void {
    const { ledger, queue, mapping, time } = this.world;
    const clock = { now: () => time.now(), sleep: () => Promise.resolve() };
    const input = { record: key, allFields: true, by: 'admin', keep: KEPT[keep] };
    void resolveConflict({ ledger, queue, mapping, clock }, input).then(
      ({ fields }) => {
        this.world.trace(() => `admin keeps the ${keep} value of ${fields.map(({ field }) => field).join()} of ${key}`);
        for (const { field, kept, givenUp } of fields) this.note(key, field, keep, { kept, givenUp });
      },
      // Nothing is in conflict, or nothing is known of the record yet.
      () => undefined
    );
  }

  /** Whether a difference waits for a person, and is listed for that. */
  public waits({ dispute }: LedgerEntry, { name, rule }: FieldRule): boolean {
    return rule === 'manual' && dispute?.conflicts.some(({ field }) => field === name) === true;
  }

  /** A decision about values that nobody has touched since is carried out (promise G2). */
  public judge(): void {
    for (const { key, field, kept, seen } of this.made.values()) {
      const versions = this.versions(key, field);
      const touched = (['left', 'right'] as const).some((side) =>
        versions[side].slice(seen[side]).some(({ by }) => by === 'person')
      );
      const row = this.world.org.rows.get(key);
      if (touched || row?.deleted !== false || row.fields['Sync_with_Partner_Center__c'] !== true) continue;
      for (const side of ['left', 'right'] as const) {
        const now = versions[side].at(-1)?.value ?? null;
        if (!sameValue(field, now, kept))
          this.world.breaks('G2', `the decision about ${field.name} of ${key} is not carried out on the ${side} side`);
      }
    }
  }

  private note(key: string, name: string, keep: Side, { kept, givenUp }: Pick<Made, 'kept' | 'givenUp'>): void {
    const field = this.world.mapping.fields.find((rule) => rule.name === name);
    if (field === undefined || COLUMNS[name] === undefined) return;
    const versions = this.versions(key, field);
    const listed = keep === 'left' ? { left: kept, right: givenUp } : { left: givenUp, right: kept };
    const stillSo = (['left', 'right'] as const).every((side) =>
      sameValue(field, versions[side].at(-1)?.value ?? null, listed[side])
    );
    const seen = { left: versions.left.length, right: versions.right.length };
    if (stillSo) this.made.set(`${key} ${name}`, { key, field, keep, kept, givenUp, seen });
    else this.made.delete(`${key} ${name}`);
  }

  private versions(key: string, { name }: FieldRule) {
    const { org, referrals } = this.world;
    const column = COLUMNS[name] ?? name;
    const right = referrals.of(key)[0]?.id ?? '';
    return { left: org.history.of(key, column), right: referrals.history.of(right, column) };
  }
}

const KEPT = { left: 'salesforce', right: 'partner-center' } as const;
