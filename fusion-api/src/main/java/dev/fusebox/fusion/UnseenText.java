package dev.fusebox.fusion;

/**
 * Text states without picture input, as a fusion may require them.
 *
 * @since 0.1
 */
public enum UnseenText {
  /** {@link FusionPass#atEmbeddings}. */
  EMBEDDED,
  /** {@link FusionPass#afterEncoder}. */
  ENCODED
}
