import type { Org } from '../core/contract.js';
import type { FieldSchema, SObjectSchema } from '../core/schema.js';
import { children, text, type XmlElement } from '../metadata/xml/element.js';
import { readMetadataFile } from '../metadata/xml/read.js';

interface ObjectTexts {
  label: string | undefined;
  labelPlural: string | undefined;
  fields: ReadonlyMap<string, XmlElement>;
}

/** Parsed once per deploy of the translation. */
const parsed = new WeakMap<Org, Map<string, ObjectTexts>>();

/** Objects and fields in the words of one language, as deployed translations give them; what they lack stays as it is. */
export class Translation {
  public constructor(
    private readonly org: Org,
    /** As `LanguageLocaleKey` of the user, for example `nl_NL`. */
    private readonly language: string
  ) {}

  public object(object: SObjectSchema): SObjectSchema {
    const texts = this.textsOf(object.name);
    if (!texts) return object;
    return {
      ...object,
      label: texts.label ?? object.label,
      labelPlural: texts.labelPlural ?? object.labelPlural,
      fields: new Map([...object.fields].map(([name, field]) => [name, translatedField(field, texts.fields.get(name))]))
    };
  }

  public field(object: string, field: FieldSchema): FieldSchema {
    return translatedField(field, this.textsOf(object)?.fields.get(field.name));
  }

  private textsOf(object: string): ObjectTexts | undefined {
    const component = this.org.components.get('CustomObjectTranslation', `${object}-${this.language}`);
    const [content] = Object.values(component?.files ?? {});
    if (!component || !content) return undefined;
    const cache = parsed.get(this.org) ?? new Map<string, ObjectTexts>();
    parsed.set(this.org, cache);
    const key = `${component.fullName}@${component.lastModifiedDate}`;
    const texts = cache.get(key) ?? read(content);
    cache.set(key, texts);
    return texts;
  }
}

function read(content: Buffer): ObjectTexts {
  const root = readMetadataFile(content, 'CustomObjectTranslation');
  const named = (plural: boolean): string | undefined => {
    const found = children(root, 'caseValues').find((value) => (text(value, 'plural') === 'true') === plural);
    return (found && text(found, 'value')) || undefined;
  };
  return {
    label: named(false),
    labelPlural: named(true),
    fields: new Map(children(root, 'fields').map((field) => [text(field, 'name') ?? '', field]))
  };
}

function translatedField(field: FieldSchema, texts: XmlElement | undefined): FieldSchema {
  if (!texts) return field;
  const helpText = text(texts, 'help') || field.helpText;
  const values = new Map(
    children(texts, 'picklistValues').map((value) => [text(value, 'masterLabel'), text(value, 'translation')])
  );
  return {
    ...field,
    label: text(texts, 'label') || field.label,
    ...(helpText === undefined ? {} : { helpText }),
    ...(field.picklist
      ? {
          picklist: {
            ...field.picklist,
            values: field.picklist.values.map((value) => ({ ...value, label: values.get(value.label) || value.label }))
          }
        }
      : {})
  };
}
