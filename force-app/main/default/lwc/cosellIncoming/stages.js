/** @param current stage of the record, on which it waits for the answer */
export function stagesFrom({ values }, current) {
  return {
    open: values
      .filter(({ value, attributes }) => value !== current && !attributes?.closed)
      .map(({ label, value }) => ({ label, value })),
    lost: values.find(({ attributes }) => attributes?.closed && !attributes.won)?.value
  };
}
