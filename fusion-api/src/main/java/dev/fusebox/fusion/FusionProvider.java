package dev.fusebox.fusion;

import java.util.Optional;

/**
 * Makes one kind of fusion; found by {@link java.util.ServiceLoader}.
 *
 * <p>Defaults of the settings stand in a {@code reference.conf} on the class path, under {@code
 * fusions.<name>}. A name that two providers claim is an error.
 *
 * @param <C> the settings: a record whose components are the keys
 * @since 0.1
 */
public interface FusionProvider<C extends Record> {

  /** What configs call this fusion: lower case, no blanks. */
  String name();

  /** What this fusion is, for people. */
  FusionCard card();

  /**
   * The type of the settings, each component a {@link Setting}; its compact constructor states
   * their rules.
   */
  Class<C> configType();

  /**
   * Checks settings against the text model: rules that the settings alone cannot state. Asked
   * before {@link #create}, and when a config is read, long before.
   *
   * @throws IllegalArgumentException {@code key must ..., found value}
   */
  default void check(C config, TextShape text) {}

  /**
   * Whether a pass puts tokens of its own among those of the text, {@link FusionPass#atEmbeddings}.
   * Of several fusions in one model at most one may.
   */
  default boolean lengthensText() {
    return false;
  }

  /**
   * Whether the text has met the picture when it leaves the encoder, before {@link
   * FusionPass#afterEncoder}.
   */
  default boolean meetsInEncoder(C config) {
    return false;
  }

  /**
   * Where a pass reads text that may not have met the picture. Of several fusions such a one must
   * be the first, and for the encoded text no other may meet it in the encoder.
   */
  default Optional<UnseenText> readsUnseen(C config) {
    return Optional.empty();
  }

  /**
   * Makes the fusion and declares its parameters. Pure: no I/O, nothing kept.
   *
   * @param config checked
   */
  Fusion create(C config, FusionContext context);
}
