import { LightningElement, api, wire } from 'lwc';
import { graphql } from 'lightning/graphql';
import type { GraphqlQuery, GraphqlResult } from 'lightning/graphql';
import { updateRecord } from 'lightning/uiRecordApi';
import type { WireResult } from 'lightning/uiRecordApi';
import { getObjectInfo } from 'lightning/uiObjectInfoApi';
import type { ObjectInfo } from 'lightning/uiObjectInfoApi';
import { ShowToastEvent } from 'lightning/platformShowToastEvent';
import { formatLabel } from 'c/formatLabel';
import { reduceErrors } from 'c/ldsUtils';
import { OPEN_ISSUES_QUERY, readOpenIssues } from './openIssues';
import type { OpenIssue, OpenIssuesData } from './openIssues';
import ISSUE from '@salesforce/schema/Cosell_Issue__c';
import RESOLUTION from '@salesforce/schema/Cosell_Issue__c.Resolution__c';
import DECISIONS_TITLE from '@salesforce/label/c.Cosell_Decisions_Title';
import VALUE_SALESFORCE from '@salesforce/label/c.Cosell_Value_Salesforce';
import VALUE_PARTNER_CENTER from '@salesforce/label/c.Cosell_Value_Partner_Center';
import VALUE_AGREED from '@salesforce/label/c.Cosell_Value_Agreed';
import ANSWER_DONE from '@salesforce/label/c.Cosell_Answer_Done';
import ANSWER_FAILED from '@salesforce/label/c.Cosell_Answer_Failed';
import SAVE_FAILED from '@salesforce/label/c.Cosell_Save_Failed';

/**
 * What waits for a person on the opportunity: fields in conflict with both values, and problems that are no longer tried.
 * Answers are stored on the issue, from where the service takes them. Sends `change` after an answer.
 */
export default class CosellDecisions extends LightningElement {
  @api recordId: string | undefined;
  mayAnswer = false;
  issues: OpenIssue[] = [];
  errors: unknown;
  announcement = '';
  isSaving = false;
  label = { DECISIONS_TITLE, VALUE_SALESFORCE, VALUE_PARTNER_CENTER, VALUE_AGREED };
  private rerun: (() => Promise<unknown>) | undefined;

  @wire(graphql, { query: '$query', variables: '$variables' })
  wiredIssues({ data, errors, refresh }: GraphqlResult<OpenIssuesData>): void {
    this.rerun = refresh ?? this.rerun;
    this.errors = errors;
    if (data) this.show(readOpenIssues(data));
  }

  @wire(getObjectInfo, { objectApiName: ISSUE })
  wiredIssueInfo({ data }: WireResult<ObjectInfo>): void {
    this.mayAnswer = !!data && data.updateable && !!data.fields[RESOLUTION.fieldApiName]?.updateable;
  }

  /** The adapter waits while there is no query. */
  get query(): GraphqlQuery {
    return this.recordId ? OPEN_ISSUES_QUERY : undefined;
  }

  get variables(): Record<string, unknown> {
    return { recordId: this.recordId };
  }

  get hasIssues(): boolean {
    return this.issues.length > 0;
  }

  /** Empty, it takes no room; it is there from the start, as screen readers only notice what changes inside. */
  get announcementClass(): string {
    return this.announcement === '' ? 'slds-assistive-text' : 'slds-text-color_weak slds-m-bottom_xx-small';
  }

  get cards(): (OpenIssue & { asks: boolean })[] {
    return this.issues.map((issue) => ({ ...issue, asks: this.mayAnswer && issue.waiting === '' }));
  }

  /** Shows what the service found or settled since the last look. */
  @api async refresh(): Promise<void> {
    await this.rerun?.().catch(() => undefined);
  }

  async handleAnswer(event: Event): Promise<void> {
    const { id, answer } = (event.target as HTMLElement).dataset;
    if (!id || !answer || this.isSaving) return;
    this.isSaving = true;
    try {
      await updateRecord({ fields: { Id: id, [RESOLUTION.fieldApiName]: answer } });
      this.dispatchEvent(new CustomEvent('change'));
      await this.refresh();
      // The buttons that had the focus are gone.
      this.template?.querySelector<HTMLElement>('h3')?.focus();
    } catch (error) {
      const message = reduceErrors(error).join(' ');
      this.dispatchEvent(new ShowToastEvent({ title: SAVE_FAILED, message, variant: 'error', mode: 'sticky' }));
    } finally {
      this.isSaving = false;
    }
  }

  /** Says what became of answers: settled ones are no longer listed, and one that failed asks again. */
  private show(issues: OpenIssue[]): void {
    const now = new Map(issues.map((issue) => [issue.id, issue]));
    const outcomes = this.issues
      .filter(({ waiting }) => waiting !== '')
      .flatMap(({ id, title }) => {
        const issue = now.get(id);
        if (!issue) return [formatLabel(ANSWER_DONE, title)];
        return issue.waiting === '' ? [formatLabel(ANSWER_FAILED, title, issue.message)] : [];
      });
    if (outcomes.length > 0) this.announcement = outcomes.join(' ');
    this.issues = issues;
  }
}
