import { Adapter } from '../../../data/adapter.js';
import { read } from '../../../data/http.js';
import { fieldNames } from '../../../data/field-names.js';
import type { FieldReference } from '../../../data/field-names.js';
import type { ObjectInfo, PicklistValues } from '../../../data/representations.js';

type ObjectReference = string | { objectApiName: string };

/** Wire adapter for an object's labels, fields and what the user may do with them (LWC guide, getObjectInfo). */
export class getObjectInfo extends Adapter<{ objectApiName?: ObjectReference }, ObjectInfo> {
  protected isReady(config: { objectApiName?: ObjectReference }): boolean {
    return Boolean(config.objectApiName);
  }

  protected read(config: { objectApiName?: ObjectReference }): Promise<ObjectInfo> {
    return read(`ui-api/object-info/${objectName(config.objectApiName)}`);
  }
}

interface PicklistConfig {
  recordTypeId?: string;
  fieldApiName?: FieldReference;
}

/** Wire adapter for the values of one picklist (LWC guide, getPicklistValues). */
export class getPicklistValues extends Adapter<PicklistConfig, PicklistValues> {
  protected isReady(config: PicklistConfig): boolean {
    return Boolean(config.recordTypeId && config.fieldApiName);
  }

  protected read(config: PicklistConfig): Promise<PicklistValues> {
    const [object = '', field = ''] = fieldNames(config.fieldApiName)[0]?.split('.') ?? [];
    return read(`ui-api/object-info/${object}/picklist-values/${config.recordTypeId}/${field}`);
  }
}

interface PicklistsConfig {
  objectApiName?: ObjectReference;
  recordTypeId?: string;
}

/** Wire adapter for all picklists of a record type (LWC guide, getPicklistValuesByRecordType). */
export class getPicklistValuesByRecordType extends Adapter<
  PicklistsConfig,
  { picklistFieldValues: Record<string, PicklistValues> }
> {
  protected isReady(config: PicklistsConfig): boolean {
    return Boolean(config.objectApiName && config.recordTypeId);
  }

  protected read(config: PicklistsConfig): Promise<{ picklistFieldValues: Record<string, PicklistValues> }> {
    return read(`ui-api/object-info/${objectName(config.objectApiName)}/picklist-values/${config.recordTypeId}`);
  }
}

function objectName(reference: ObjectReference | undefined): string {
  return typeof reference === 'object' ? reference.objectApiName : (reference ?? '');
}
