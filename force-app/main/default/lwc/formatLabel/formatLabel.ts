/** Fills the numbered places of a custom label: `formatLabel('Remove {0}', name)`. Unknown places stay as they are. */
export function formatLabel(label: string, ...values: readonly (string | number)[]): string {
  return label.replace(/\{(\d+)\}/g, (place, index: string) => String(values[Number(index)] ?? place));
}
