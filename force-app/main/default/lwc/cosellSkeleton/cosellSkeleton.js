import { LightningElement } from 'lwc';
import LOADING from '@salesforce/label/c.Cosell_Loading';
/** Stands where the section will be while its record is loading, in about its height, so that nothing jumps. */
export default class CosellSkeleton extends LightningElement {
  label = { LOADING };
}
