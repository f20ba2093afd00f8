import type { Org } from '../../core/contract.js';
import { customKeyPrefix } from '../../core/ids.js';
import type { FieldSchema, SObjectSchema } from '../../core/schema.js';
import type { DeployComponent } from '../package/collect.js';
import { customObjectSchema } from '../translate/object.js';
import { fieldSchema } from '../translate/field.js';

/** A component type and full name, as one key. */
export function keyOf(component: { type: string; fullName: string }): string {
  return `${component.type}#${component.fullName.toLowerCase()}`;
}

export interface Removal {
  type: string;
  fullName: string;
}

/**
 * The organization as it will be after the deploy: what references may point at. Components with problems are not part of it,
 * so that what refers to them fails too.
 */
export class World {
  private readonly schemas = new Map<string, SObjectSchema>();
  private readonly package_ = new Map<string, DeployComponent>();
  private readonly removed: ReadonlySet<string>;

  public constructor(
    public readonly org: Org,
    public readonly components: readonly DeployComponent[],
    removals: readonly Removal[] = [],
    /** Everything of the package, also what has failed. */
    private readonly attempted: readonly DeployComponent[] = components
  ) {
    this.removed = new Set(removals.map((removal) => keyOf(removal)));
    for (const component of components) this.package_.set(keyOf(component), component);
    for (const schema of org.schema.objects()) {
      if (!this.isRemoved('CustomObject', schema.name))
        this.schemas.set(schema.name.toLowerCase(), this.remaining(schema));
    }
    this.addObjects();
    this.addFields();
  }

  public objects(): readonly SObjectSchema[] {
    return [...this.schemas.values()];
  }

  /** Without case. */
  public object(name: string): SObjectSchema | undefined {
    return this.schemas.get(name.toLowerCase());
  }

  /** Without case. */
  public field(object: string, name: string): FieldSchema | undefined {
    const schema = this.object(object);
    const exact = schema?.fields.get(name);
    if (exact || !schema) return exact;
    return [...schema.fields.values()].find((field) => field.name.toLowerCase() === name.toLowerCase());
  }

  /** The component of the package, when it is part of it. */
  public inPackage(type: string, fullName: string): DeployComponent | undefined {
    return this.package_.get(keyOf({ type, fullName }));
  }

  /** Part of the package, but not without problems. */
  public hasFailed(type: string, fullName: string): boolean {
    const key = keyOf({ type, fullName });
    return !this.package_.has(key) && this.attempted.some((component) => keyOf(component) === key);
  }

  /** In the package, or in the organization and not being deleted. */
  public has(type: string, fullName: string): boolean {
    return this.files(type, fullName) !== undefined;
  }

  /** As `has`, with the name in exactly this case: module and label imports are case-sensitive. */
  public hasExactly(type: string, fullName: string): boolean {
    const deployed = this.inPackage(type, fullName);
    return deployed ? deployed.fullName === fullName : this.has(type, fullName);
  }

  /** Files of a component after the deploy. */
  public files(type: string, fullName: string): Readonly<Record<string, Buffer>> | undefined {
    const deployed = this.inPackage(type, fullName);
    if (deployed) return deployed.files;
    return this.isRemoved(type, fullName) ? undefined : this.org.components.get(type, fullName)?.files;
  }

  /** Full names of a type after the deploy. */
  public names(type: string): string[] {
    const stored = this.org.components.list(type).map(({ fullName }) => fullName);
    const deployed = this.components.filter((component) => component.type === type).map(({ fullName }) => fullName);
    return [...new Set([...stored.filter((fullName) => !this.isRemoved(type, fullName)), ...deployed])];
  }

  private isRemoved(type: string, fullName: string): boolean {
    return this.removed.has(keyOf({ type, fullName }));
  }

  private remaining(schema: SObjectSchema): SObjectSchema {
    const kept = [...schema.fields].filter(([name]) => !this.isRemoved('CustomField', `${schema.name}.${name}`));
    return kept.length === schema.fields.size ? schema : { ...schema, fields: new Map(kept) };
  }

  private addObjects(): void {
    for (const component of this.components) {
      if (component.type !== 'CustomObject' || !component.fullName.endsWith('__c')) continue;
      const known = this.object(component.fullName);
      const identity = { name: component.fullName, keyPrefix: known?.keyPrefix ?? this.freePrefix() };
      const customFields = [...(known?.fields.values() ?? [])].filter(({ custom }) => custom);
      this.schemas.set(identity.name.toLowerCase(), customObjectSchema(component.element, identity, customFields));
    }
  }

  private addFields(): void {
    for (const component of this.components) {
      const parent = this.object(component.parent);
      if (component.type !== 'CustomField' || !parent || !component.fullName.endsWith('__c')) continue;
      const field = fieldSchema(component.element);
      const fields = new Map(parent.fields).set(field.name, field);
      // A detail record has no owner of its own: its master's owner counts.
      if (field.reference?.masterDetail && parent.custom) fields.delete('OwnerId');
      this.schemas.set(parent.name.toLowerCase(), { ...parent, fields });
    }
  }

  private freePrefix(): string {
    const taken = new Set(this.objects().map(({ keyPrefix }) => keyPrefix));
    let index = 0;
    while (taken.has(customKeyPrefix(index))) index++;
    return customKeyPrefix(index);
  }
}
