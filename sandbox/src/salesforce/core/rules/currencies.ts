import { noteDescribeChange } from '../describe-dates.js';
import type { ObjectRules } from './types.js';

/** A currency that is added, switched on or off changes the values of every CurrencyIsoCode. */
export const currencyTypeRules: ObjectRules = {
  afterSave({ engine }) {
    engine.schema.refreshCurrencies();
    noteDescribeChange(engine);
  }
};
