package dev.fusebox.fusion;

/**
 * Text that has not met the picture, as a fusion may want to read it.
 *
 * @since 0.1
 */
public enum UnseenText {
  /** {@link FusionPass#atEmbeddings}. */
  EMBEDDED,
  /** {@link FusionPass#afterEncoder}. */
  ENCODED
}
