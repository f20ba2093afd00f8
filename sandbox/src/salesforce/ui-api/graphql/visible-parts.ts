import type { FieldSchema, SObjectSchema } from '../../core/schema.js';
import type { Viewer } from '../common.js';

/** The part of the org that one request's schema is built from: readable to the user and, with `names`, named by the request. */
export class VisibleParts {
  public constructor(
    public readonly viewer: Viewer,
    private readonly names: ReadonlySet<string> | undefined
  ) {}

  public includes(name: string): boolean {
    return this.names?.has(name) ?? true;
  }

  /** Objects a query may start from. */
  public objects(): SObjectSchema[] {
    const named = this.viewer.org.schema.objects().filter((object) => object.queryable && this.includes(object.name));
    return named.filter((object) => this.viewer.object(object.name) !== undefined);
  }

  public fields(object: SObjectSchema): FieldSchema[] {
    const named = [...object.fields.values()].filter((field) => this.includes(field.name));
    return named.filter((field) => this.viewer.field(object.name, field.name) !== undefined);
  }

  /** Relationship name and object of each parent. */
  public parents(object: SObjectSchema): [string, SObjectSchema][] {
    return [...object.fields.values()].flatMap((field): [string, SObjectSchema][] => {
      const name = field.reference?.relationshipName;
      const target = name !== undefined && this.includes(name) ? this.viewer.parent(object, name)?.target : undefined;
      return name !== undefined && target ? [[name, target]] : [];
    });
  }

  /** Relationship name, object and foreign key of each child. */
  public children(object: SObjectSchema): [string, SObjectSchema, FieldSchema][] {
    const { viewer } = this;
    return viewer.org.schema
      .children(object.name)
      .flatMap(({ childObject, field }): [string, SObjectSchema, FieldSchema][] => {
        const name = field.reference?.childRelationshipName;
        const child = name !== undefined && this.includes(name) ? viewer.object(childObject) : undefined;
        return name !== undefined && child && viewer.field(childObject, field.name) ? [[name, child, field]] : [];
      });
  }
}

/** Types refer to each other in circles, so each is made once. */
export function remember<T>(known: Map<string, T>, name: string, make: () => T): T {
  const existing = known.get(name);
  if (existing !== undefined) return existing;
  const made = make();
  known.set(name, made);
  return made;
}
