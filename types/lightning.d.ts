/**
 * The `lightning/*` modules our components import, as the Lightning Web Components reference documents them. Only what
 * is used is declared; the platform provides the code at run time.
 */
declare module 'lightning/uiRecordApi' {
  import type { WireAdapterConstructor } from 'lwc';

  export interface FieldId {
    fieldApiName: string;
    objectApiName: string;
  }
  export interface FieldValue {
    value: unknown;
    displayValue: string | null;
  }
  /** A record as the UI API represents it. */
  export interface UiRecord {
    apiName: string;
    id: string;
    recordTypeId?: string | null;
    fields: Record<string, FieldValue | undefined>;
  }
  export interface WireResult<Data> {
    data: Data | undefined;
    error: unknown;
  }
  export const getRecord: WireAdapterConstructor<
    {
      recordId: string | undefined;
      fields?: readonly (FieldId | string)[];
      optionalFields?: readonly (FieldId | string)[];
    },
    WireResult<UiRecord>
  >;
  /** `undefined` when the record does not carry the field, which is also so when the user may not see it. */
  export function getFieldValue(record: UiRecord, field: FieldId): unknown;
  export function getFieldDisplayValue(record: UiRecord, field: FieldId): string | null | undefined;
  export function updateRecord(input: { fields: Record<string, unknown> }): Promise<UiRecord>;
  export function createRecord(input: { apiName: string; fields: Record<string, unknown> }): Promise<UiRecord>;
  export function deleteRecord(recordId: string): Promise<void>;
  export function notifyRecordUpdateAvailable(records: readonly { recordId: string }[]): Promise<unknown>;
}

declare module 'lightning/uiObjectInfoApi' {
  import type { WireAdapterConstructor } from 'lwc';
  import type { FieldId, WireResult } from 'lightning/uiRecordApi';

  export interface ObjectInfo {
    apiName: string;
    createable: boolean;
    updateable: boolean;
    deletable: boolean;
    defaultRecordTypeId: string | null;
    fields: Record<string, { apiName: string; updateable: boolean } | undefined>;
  }
  export interface PicklistValues {
    values: readonly {
      label: string;
      value: string;
      /** Of stages only. */
      attributes?: { closed: boolean; won: boolean } | null;
    }[];
  }
  export const getObjectInfo: WireAdapterConstructor<
    { objectApiName: { objectApiName: string } | string | undefined },
    WireResult<ObjectInfo>
  >;
  export const getPicklistValues: WireAdapterConstructor<
    { recordTypeId: string | undefined; fieldApiName: FieldId },
    WireResult<PicklistValues>
  >;
}

declare module 'lightning/graphql' {
  import type { WireAdapterConstructor } from 'lwc';

  export interface GraphqlResult<Data> {
    data: Data | undefined;
    errors: readonly { message: string }[] | undefined;
    /** Runs the query again; present once the adapter has a configuration. */
    refresh?: () => Promise<unknown>;
  }
  export type GraphqlQuery = object | undefined;
  export function gql(strings: TemplateStringsArray, ...values: unknown[]): GraphqlQuery;
  export const graphql: WireAdapterConstructor<
    { query: GraphqlQuery; variables?: Record<string, unknown> | undefined },
    // The shape of the data follows from the query, so the wired function states it.
    GraphqlResult<never>
  >;
}

declare module 'lightning/empApi' {
  export interface Subscription {
    id: unknown;
    channel: string;
  }
  export interface EmpMessage {
    data: { payload: { ChangeEventHeader?: { recordIds: readonly string[] } } };
  }
  export function subscribe(
    channel: string,
    replayId: number,
    onMessage: (message: EmpMessage) => void
  ): Promise<Subscription>;
  export function unsubscribe(subscription: Subscription, callback?: (response: unknown) => void): Promise<unknown>;
}

declare module 'lightning/confirm' {
  const LightningConfirm: {
    /** Resolves with true for OK and false for Cancel. */
    open(options: {
      message: string;
      label: string;
      theme?: 'default' | 'warning';
      variant?: 'header' | 'headerless';
    }): Promise<boolean>;
  };
  export default LightningConfirm;
}

declare module 'lightning/platformShowToastEvent' {
  export class ShowToastEvent extends CustomEvent<unknown> {
    constructor(toast: {
      title: string;
      message?: string;
      variant?: 'info' | 'success' | 'warning' | 'error';
      mode?: 'dismissible' | 'pester' | 'sticky';
    });
  }
}

declare module '@salesforce/i18n/locale' {
  const locale: string;
  export default locale;
}
