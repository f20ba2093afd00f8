/** Fills the numbered places of a custom label: `formatLabel('Remove {0}', name)`. Unknown places stay as they are. */
export function formatLabel(label, ...values) {
  return label.replace(/\{(\d+)\}/g, (place, index) => String(values[Number(index)] ?? place));
}
