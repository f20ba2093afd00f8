import { createHash } from 'node:crypto';
import avro from 'avsc';
import type { ChangeNotice, Session } from '../core/contract.js';
import type { OrgHandle } from '../core/org-handle.js';
import { eventValue } from './event-payload.js';
import type { EventField } from './event-schema.js';
import { eventFields, eventSchema } from './event-schema.js';

interface Shape {
  id: string;
  fields: readonly EventField[];
  type: avro.Type;
}

export interface EncodedEvent {
  schemaId: string;
  payload: Buffer;
}

/** Shapes of events by object. A shape has one id for ever; a deploy that adds a field makes a new one. */
export class EventCodec {
  private readonly shapes = new Map<string, Shape>();
  private revision = -1;

  public constructor(private readonly org: OrgHandle) {}

  /** Id of the current schema of an object's events. */
  public schemaId(entity: string): string {
    return this.shape(entity).id;
  }

  /** A schema by its id, also one that is not current any more; undefined when it never was. */
  public schemaJson(id: string): string | undefined {
    return this.org.documents('event-schema').get(id)?.toString('utf8');
  }

  public encode(session: Session, notice: ChangeNotice): EncodedEvent {
    const { id, fields, type } = this.shape(notice.entityName);
    const readable = (name: string): boolean => this.org.access.field(session, notice.entityName, name).readable;
    return { schemaId: id, payload: type.toBuffer(eventValue(notice, fields, readable)) };
  }

  private shape(entity: string): Shape {
    if (this.revision !== this.org.schema.revision) this.shapes.clear();
    this.revision = this.org.schema.revision;
    const known = this.shapes.get(entity);
    if (known !== undefined) return known;
    const object = this.org.schema.object(entity);
    if (object === undefined) throw new Error(`There is no object ${entity}.`);
    const schema = eventSchema(object);
    const json = JSON.stringify(schema);
    const id = createHash('md5').update(json).digest('base64url');
    this.org.documents('event-schema').set(id, Buffer.from(json));
    const shape = { id, fields: eventFields(object), type: avro.Type.forSchema(schema as avro.Schema) };
    this.shapes.set(entity, shape);
    return shape;
  }
}
