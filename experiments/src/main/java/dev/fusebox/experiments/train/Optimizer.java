package dev.fusebox.experiments.train;

/** How gradients become steps. */
public enum Optimizer {
  /** AdamW with decoupled decay and bias correction. */
  ADAMW,
  /** Adafactor, T5's own. */
  ADAFACTOR
}
