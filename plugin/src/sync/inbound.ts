import type { PathValues, RecordIssue } from '../mapping/types.js';
import type { JsonObject } from '../ports/json.js';

/** A right record as it is to be taken in on the left. */
export interface Arrival {
  rightKey: string;
  category: 'deal' | 'lead';
  /** Whether the request still waits for an answer; otherwise the deal is being worked on. */
  waiting: boolean;
  /** Values by left path, from the mapping. */
  values: PathValues;
}

/** What is known before an arrival is taken in. */
export type Reception =
  /** A left record names the right one already, whoever made it. */
  | { outcome: 'there'; key: string }
  /** Nothing is guessed: a person has to decide or complete something first. */
  | { outcome: 'unclear'; issues: readonly RecordIssue[] }
  /** It can be taken in; `details` is what the connector wants back. */
  | { outcome: 'ready'; details: JsonObject };

/** Takes records of the right side in, and lets a left record go on with the counterpart of another one. */
export interface InboundPort {
  /**
   * What several arrivals may share and each of them may create, such as their customer's account; the same text for the same thing.
   * Arrivals of one text are taken in one after the other. Pure. @default nothing is shared
   */
  sharedBy?(arrival: Arrival): string | undefined;
  /** Reads only. */
  receive(arrival: Arrival): Promise<Reception>;
  /**
   * Creates the left record and all that belongs to it, or nothing of it. The right key is unique on the left side, so this may be
   * repeated: `created` is false where the record was there.
   */
  takeIn(arrival: Arrival, details: JsonObject): Promise<{ key: string; created: boolean }>;
  /**
   * Has a left record show that it belongs to a right one from now on, and gives it what that one brings along and it lacks, such as
   * its solutions; all of it or nothing. Repeatable: a record that shows it already keeps what people have made of it since.
   */
  succeed(key: string, arrival: Arrival): Promise<void>;
}

/** What an organization decides about records that come from the right side, and who carries it out. */
export interface Inbound {
  port: InboundPort;
  /** A record that names a left record which does not exist: listed, left alone, or taken in as a new one. */
  unknownReference: 'issue' | 'ignore' | 'create';
  /** Written to a left record that still waits when its request was accepted elsewhere, for example its stage. */
  onAccepted: PathValues;
  /** The same in words, for the trail; for example `stage Qualification`. */
  acceptedAs: string;
  /** Sent with a refusal for which nobody gave a reason. */
  declineReason: string;
  /** How to answer, for people; by what the record is on the left. */
  howToAnswer: Readonly<Record<'deal' | 'lead', string>>;
}
