package dev.fusebox.t5.generate;

/**
 * When a beam search stops looking for a better sentence; Hugging Face's {@code early_stopping}.
 */
public enum EarlyStopping {
  /** As soon as there are as many finished sentences as beams: {@code True}. */
  AT_ENOUGH,
  /** When the best open beam, ended now, would be no better than the worst kept: {@code False}. */
  WHEN_UNLIKELY,
  /** When no open beam could become better within the limit of tokens: {@code "never"}. */
  WHEN_IMPOSSIBLE
}
