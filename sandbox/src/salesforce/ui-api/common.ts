import { createHash } from 'node:crypto';
import type { Org, RouteContext, Session } from '../core/contract.js';
import type { FieldSchema, SObjectSchema } from '../core/schema.js';
import { ApiError } from '../core/transport.js';
import type { Formats } from './display-value.js';
import { Translation } from './translation.js';

/** The user's view of the org, in the user's language: objects and fields the user may not read do not exist in it. */
export class Viewer {
  private settings: { formats: Formats; translation: Translation } | undefined;

  public constructor(
    public readonly org: Org,
    public readonly session: Session
  ) {}

  public static of({ org, session }: RouteContext): Viewer {
    return new Viewer(org, session);
  }

  /** Locale and time zone of the user's settings. */
  public get formats(): Formats {
    return this.own.formats;
  }

  /** A readable object by API name; undefined when unknown or not readable. */
  public object(name: string): SObjectSchema | undefined {
    const object = this.org.schema.object(name);
    if (!object || !this.org.access.object(this.session, object.name).read) return undefined;
    return this.own.translation.object(object);
  }

  /** A readable field. */
  public field(object: string, name: string): FieldSchema | undefined {
    const field = this.org.schema.field(object, name);
    if (!field || !this.org.access.field(this.session, object, field.name).readable) return undefined;
    return this.own.translation.field(this.org.schema.object(object)?.name ?? object, field);
  }

  public fields(object: SObjectSchema): FieldSchema[] {
    return [...object.fields.values()].filter(
      (field) => this.org.access.field(this.session, object.name, field.name).readable
    );
  }

  /** The reference field behind a relationship name, for example `Account` → AccountId, when both sides are readable. */
  public parent(
    object: SObjectSchema,
    relationshipName: string
  ): { field: FieldSchema; target: SObjectSchema } | undefined {
    const wanted = relationshipName.toLowerCase();
    const field = [...object.fields.values()].find((item) => item.reference?.relationshipName.toLowerCase() === wanted);
    const target = field?.reference?.to.map((name) => this.object(name)).find((item) => item !== undefined);
    return field && target && this.field(object.name, field.name) ? { field, target } : undefined;
  }

  /** The object an id belongs to, by its key prefix. */
  public objectOf(id: string): SObjectSchema {
    const wellFormed = /^[a-zA-Z0-9]{15}([a-zA-Z0-9]{3})?$/.test(id);
    const object = wellFormed
      ? this.org.schema.objects().find(({ keyPrefix }) => keyPrefix === id.slice(0, 3))
      : undefined;
    if (!object) throw notFound();
    const readable = this.object(object.name);
    if (!readable) throw insufficientAccess();
    return readable;
  }

  public readableObject(name: string): SObjectSchema {
    const object = this.object(name);
    if (object) return object;
    throw new ApiError(404, 'INVALID_TYPE', `sObject type '${name}' is not supported.`);
  }

  private get own(): { formats: Formats; translation: Translation } {
    this.settings ??= this.readSettings();
    return this.settings;
  }

  private readSettings(): { formats: Formats; translation: Translation } {
    const soql = `SELECT LocaleSidKey, TimeZoneSidKey, LanguageLocaleKey FROM User WHERE Id = '${this.session.userId}'`;
    const [user] = this.org.data.query(this.session, soql).records;
    const locale = String(user?.['LocaleSidKey'] ?? 'en_US').replaceAll('_', '-');
    return {
      formats: { locale, timeZone: String(user?.['TimeZoneSidKey'] ?? 'UTC') },
      translation: new Translation(this.org, String(user?.['LanguageLocaleKey'] ?? 'en_US'))
    };
  }
}

export function notFound(): ApiError {
  return new ApiError(404, 'NOT_FOUND', 'The requested resource does not exist');
}

export function insufficientAccess(): ApiError {
  const message = "You don't have access to this record. Ask your administrator for help or to request access.";
  return new ApiError(403, 'INSUFFICIENT_ACCESS', message);
}

/** Body as a JSON object. */
export function jsonBody(context: RouteContext): Record<string, unknown> {
  try {
    const body: unknown = JSON.parse(context.request.body.toString('utf8'));
    if (typeof body === 'object' && body !== null && !Array.isArray(body)) return body as Record<string, unknown>;
  } catch {
    // Answered below like any other body that is no object.
  }
  throw new ApiError(400, 'JSON_PARSER_ERROR', 'The HTTP entity body is required to be a JSON object.');
}

/** Entity tag: the same content always has the same tag. */
export function eTag(content: unknown): string {
  return createHash('md5').update(JSON.stringify(content)).digest('hex');
}
