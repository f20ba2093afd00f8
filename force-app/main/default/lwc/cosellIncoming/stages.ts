import type { PicklistValues } from 'lightning/uiObjectInfoApi';

export interface Choice {
  label: string;
  value: string;
}

/** The stages an answer may lead to. */
export interface Stages {
  /** Open stages besides the present one, on which the deal waits: choosing one accepts the deal. */
  open: Choice[];
  /** The stage that closes the deal as lost; undefined when the sales process has none. */
  lost: string | undefined;
}

/** @param current stage of the record, on which it waits for the answer */
export function stagesFrom({ values }: PicklistValues, current: string): Stages {
  return {
    open: values
      .filter(({ value, attributes }) => value !== current && !attributes?.closed)
      .map(({ label, value }) => ({ label, value })),
    lost: values.find(({ attributes }) => attributes?.closed && !attributes.won)?.value
  };
}
