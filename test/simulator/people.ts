import type { JsonValue } from '../../plugin/src/ports/json.js';
import { Dice } from './dice.js';
import { ACTIVE_STAGE, Incoming, referralOf } from './incoming.js';
import type { OrgServer } from './org-server.js';
import type { OrgRow } from './org-rows.js';
import { second } from './org-rows.js';
import type { Referral, ReferralServer } from './referral-server.js';
import { isMicrosofts } from './referral-server.js';
import type { CallInfo } from './server.js';
import type { SimTime } from './sim-time.js';
import type { SimEvent } from './story.js';

/** A value that somebody typed. */
export interface Edit {
  key: string;
  side: 'left' | 'right';
  /** By the name that the left side has for it. */
  field: 'Amount' | 'Description';
  value: JsonValue;
}

const RIGHT_PATH = { Amount: 'details.dealValue', Description: 'details.notes' } as const;
const OPEN: ReadonlySet<string> = new Set(['Prospecting', ACTIVE_STAGE]);
const HELP = ['Proof Of Concept or Demo', 'Quotes or Licensing'];

/** Everybody but the synchronization: reps, partners' colleagues, Microsoft's sellers, administrators. */
export class People {
  public readonly edits: Edit[] = [];
  /** What an administrator or an accident does to the world as a whole. */
  public loseLedger: () => void = () => undefined;
  /** Somebody answers the conflicts of a record. */
  public decide: (key: string, keep: 'left' | 'right') => void = () => undefined;
  /** Records that end the process that writes them. */
  public readonly deadly = new Set<string>();
  private typed = 0;
  private readonly incoming: Incoming;
  private readonly dice: Dice;
  private readonly births: Dice;

  public constructor(
    private readonly time: SimTime,
    private readonly org: OrgServer,
    private readonly referrals: ReferralServer,
    seed: number,
    private readonly serverSkewMs: number,
    private readonly trace: (line: () => string) => void
  ) {
    this.dice = new Dice(seed, 'people');
    this.births = new Dice(seed, 'births');
    this.incoming = new Incoming(org, referrals, {
      left: (row, values) => this.saveLeft(row, values),
      right: (referral, values) => this.saveRight(referral, values),
      edit: (referral, choice) => this.editRight(referrals.recordOf(referral.id), referral, choice),
      trace
    });
  }

  public does(event: SimEvent): void {
    if (this.incoming.does(event)) return;
    const ids = [...this.org.rows.keys()];
    const row = this.org.rows.get(ids[event.record % Math.max(1, ids.length)] ?? '');
    if (event.kind === 'create') this.created(event.choice < 0.8);
    else if (event.kind === 'jump') this.jump(event.choice);
    else if (event.kind === 'loseLedger') this.loseLedger();
    else if (event.kind === 'hide') this.hide();
    else if (event.kind === 'deadly') this.deadly.add(this.created(true));
    else if (row) this.touch(event, row);
  }

  public created(shared: boolean): string {
    const help = this.births.chance(0.4) ? this.births.pick(HELP) : null;
    const id = this.org.add(shared, help);
    this.trace(() => `rep creates ${id}${shared ? ', shared' : ''}${help === null ? '' : ', asks for help'}`);
    return id;
  }

  /** What is there at the start: a deal of the partner's own, or one that somebody else sent. */
  public begins(inbound: boolean): void {
    if (inbound) this.incoming.arrive(this.dice.next());
    else this.created(true);
  }

  private hide(): void {
    this.trace(() => 'no record may be read any more');
    for (const id of this.org.rows.keys()) this.org.hidden.add(id);
  }

  /** An edit of either side of the record that a call is about, while the call is under way. */
  public interfere({ writes }: CallInfo): void {
    const ids = [...this.org.rows.keys()];
    const row = this.org.rows.get(writes ?? this.dice.pick(ids));
    const choice = this.dice.next();
    if (row) this.touch({ kind: this.dice.chance(0.5) ? 'editLeft' : 'editRight', at: 0, record: 0, choice }, row);
  }

  private touch({ kind, choice }: SimEvent, row: OrgRow): void {
    const own = referralOf(this.referrals, row);
    const { fields } = row;
    const stage = fields['StageName'];
    const setLeft = (values: Record<string, JsonValue>): void => this.saveLeft(row, values);
    const actions: Partial<Record<SimEvent['kind'], () => void>> = {
      editLeft: () => this.editLeft(row, choice),
      late: () => this.commitLate(row, choice),
      editRight: () => own && this.editRight(row.id, own, choice),
      share: () => setLeft({ Sync_with_Partner_Center__c: true }),
      unshare: () => setLeft({ Sync_with_Partner_Center__c: false }),
      closeLeft: () => OPEN.has(String(stage)) && setLeft({ StageName: choice < 0.5 ? 'Closed Won' : 'Closed Lost' }),
      closeRight: () =>
        own?.document['status'] === 'Active' &&
        this.saveRight(own, { status: 'Closed', substatus: choice < 0.5 ? 'Won' : 'Lost' }),
      accept: () => own && this.accept(own),
      delete: () => this.setDeleted(row, true),
      undelete: () => this.setDeleted(row, false),
      solution: () => this.chooseSolution(row, choice),
      help: () => setLeft({ How_can_Microsoft_help__c: HELP[Math.floor(choice * HELP.length)] ?? null }),
      decide: () => this.decide(row.id, choice < 0.5 ? 'left' : 'right'),
      poison: () => this.referrals.poisoned.add(row.id)
    };
    this.trace(() => `people ${kind} ${row.id}`);
    actions[kind]?.();
  }

  private nextValue(field: Edit['field']): JsonValue {
    this.typed += 1;
    return field === 'Amount' ? 100_000 + this.typed : `note ${this.typed}\r\nby hand `;
  }

  private editLeft(row: OrgRow, choice: number): void {
    const field = choice < 0.5 ? 'Amount' : 'Description';
    this.saveLeft(row, { [field]: this.nextValue(field) });
  }

  private editRight(key: string, own: Referral, choice: number): void {
    const field = choice < 0.5 ? 'Amount' : 'Description';
    const value = this.nextValue(field);
    if (this.saveRight(own, { [RIGHT_PATH[field]]: value })) this.edits.push({ key, side: 'right', field, value });
  }

  private saveLeft(row: OrgRow, values: Record<string, JsonValue>, asOf?: number): void {
    if (row.deleted) return;
    // Whoever comes to a row that a transaction holds waits for it.
    if (row.lockedUntil > this.time.now()) {
      this.time.at(row.lockedUntil, () => this.saveLeft(row, values));
      return;
    }
    this.org.save(row, values, 'person', asOf);
    this.note(row, values);
  }

  private note(row: OrgRow, values: Record<string, JsonValue>): void {
    for (const field of ['Amount', 'Description'] as const) {
      const value = values[field];
      if (value !== undefined) this.edits.push({ key: row.id, side: 'left', field, value });
    }
    this.trace(() => `rep saves ${row.id} ${JSON.stringify(values)} at ${(row.stamp / 1000) % 10_000}`);
  }

  /** A transaction that stamps its row when it starts and shows it up to a minute later; until then it holds the row. */
  private commitLate(row: OrgRow, choice: number): void {
    const now = this.time.now();
    const asOf = this.org.now();
    // Two transactions that stamp one row within the same second, the second of them late, cannot be told apart by anybody.
    if (row.deleted || row.lockedUntil > now || second(asOf) <= row.stamp) return;
    row.lockedUntil = now + Math.floor(choice * 60_000);
    const field = choice < 0.5 ? 'Amount' : 'Description';
    const value = this.nextValue(field);
    this.time.at(row.lockedUntil, () => {
      if (row.deleted) return;
      this.org.save(row, { [field]: value }, 'person', asOf);
      this.note(row, { [field]: value });
    });
  }

  private saveRight(referral: Referral, values: Record<string, JsonValue>): boolean {
    if (referral.document['status'] === 'Closed') return false;
    this.referrals.save(referral, values, 'person');
    this.trace(
      () =>
        `colleague saves ${referral.id} of ${String(referral.document['externalReferenceId'])} ${JSON.stringify(values)}`
    );
    return true;
  }

  private accept(own: Referral): void {
    const invited = this.referrals.invitedTo(own.document['engagementId'])[0];
    if (invited && isMicrosofts(invited.document))
      this.referrals.save(invited, { status: 'Active', substatus: 'Accepted' }, 'person');
  }

  private setDeleted(row: OrgRow, deleted: boolean): void {
    if (row.deleted === deleted || row.lockedUntil > this.time.now()) return;
    row.deleted = deleted;
    this.org.stamp(row);
  }

  private chooseSolution(row: OrgRow, choice: number): void {
    const id = `SOL-${1 + Math.floor(choice * 3)}`;
    const known = row.solutions.find((solution) => solution.id === id);
    const stamp = second(this.org.now());
    if (!known) row.solutions.push({ id, stamp, deleted: false });
    else if (row.solutions.filter(({ deleted }) => !deleted).length > 1 || known.deleted)
      Object.assign(known, { stamp, deleted: !known.deleted });
  }

  private jump(choice: number): void {
    const server = choice < 0.5 ? this.org : this.referrals;
    server.skew = Math.round((this.dice.next() * 2 - 1) * this.serverSkewMs);
    this.trace(() => `clock of the ${server.side} server is now off by ${server.skew} ms`);
  }
}
