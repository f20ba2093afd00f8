/** Last day of the fiscal quarter, as `YYYY-MM-DD`, for a fiscal year that starts with this month (1 to 12). */
export function fiscalQuarterEnd(now: Date, startMonth: number): string {
  const month = now.getUTCMonth();
  const intoQuarter = (month - (startMonth - 1) + 12) % 3;
  // Day 0 of the month after the quarter is the quarter's last day.
  return new Date(Date.UTC(now.getUTCFullYear(), month + 3 - intoQuarter, 0)).toISOString().slice(0, 10);
}
