import { LightningElement, api, wire } from 'lwc';
import { gql, graphql } from 'lightning/graphql';
import { toAuditRow } from './auditRow';
import AUDIT_TITLE from '@salesforce/label/c.Cosell_Audit_Title';
import AUDIT_EMPTY from '@salesforce/label/c.Cosell_Audit_Empty';
import AUDIT_EMPTY_STEP from '@salesforce/label/c.Cosell_Audit_Empty_Step';
import AUDIT_MORE from '@salesforce/label/c.Cosell_Audit_More';
import LOADING from '@salesforce/label/c.Cosell_Loading';
const PAGE_SIZE = 10;
const QUERY = gql`
  query cosellAuditTrail($recordId: ID!, $first: Int!) {
    uiapi {
      query {
        Cosell_Audit__c(
          where: { Opportunity__c: { eq: $recordId } }
          orderBy: { Occurred_At__c: { order: DESC } }
          first: $first
        ) {
          edges {
            node {
              Id
              Occurred_At__c {
                value
              }
              Direction__c {
                value
              }
              Action__c {
                value
              }
              Field__c {
                value
              }
              Old_Value__c {
                value
              }
              New_Value__c {
                value
              }
              Outcome__c {
                value
              }
              Message__c {
                value
              }
            }
          }
          pageInfo {
            hasNextPage
          }
        }
      }
    }
  }
`;
/** What was exchanged with Partner Center, newest first. */
export default class CosellAuditTrail extends LightningElement {
  @api
  recordId;
  first = PAGE_SIZE;
  rows;
  hasMore = false;
  errors;
  label = { AUDIT_TITLE, AUDIT_EMPTY, AUDIT_EMPTY_STEP, AUDIT_MORE, LOADING };
  rerun;
  @wire(graphql, { query: '$query', variables: '$variables' })
  wiredAudit({ data, errors, refresh }) {
    this.rerun = refresh ?? this.rerun;
    this.errors = errors;
    if (!data) return;
    const { edges, pageInfo } = data.uiapi.query.Cosell_Audit__c;
    this.rows = edges.map(({ node }) => toAuditRow(node));
    this.hasMore = pageInfo.hasNextPage;
  }
  /** The adapter waits while there is no query. */
  get query() {
    return this.recordId ? QUERY : undefined;
  }
  get variables() {
    return { recordId: this.recordId, first: this.first };
  }
  get isLoading() {
    return this.rows === undefined && !this.errors;
  }
  get isEmpty() {
    return this.rows?.length === 0;
  }
  /** Shows entries written since the last look. */
  @api
  refresh() {
    this.rerun?.().catch(() => undefined);
  }
  handleMore() {
    this.first += PAGE_SIZE;
  }
}
