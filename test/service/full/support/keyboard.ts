import type { SignalSource } from '../../../../plugin/src/service/signals.js';

/** Ctrl-C at will. */
export class Keyboard implements SignalSource {
  private readonly listening = new Map<NodeJS.Signals, (signal: NodeJS.Signals) => void>();
  public on(signal: NodeJS.Signals, listener: (signal: NodeJS.Signals) => void): void {
    this.listening.set(signal, listener);
  }
  public off(): void {
    this.listening.clear();
  }
  public listeners(): unknown[] {
    return [];
  }
  public exit(): never {
    throw new Error('ended at once');
  }
  /** Once: the second one ends the process. */
  public ctrlC(): void {
    this.listening.get('SIGINT')?.('SIGINT');
    this.listening.clear();
  }
}
