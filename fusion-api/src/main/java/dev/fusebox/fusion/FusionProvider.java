package dev.fusebox.fusion;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Creates one kind of fusion; found by {@link java.util.ServiceLoader}.
 *
 * <p>Defaults of the settings are in a {@code reference.conf} on the class path, under {@code
 * fusions.<name>}. A name that two providers claim is an error.
 *
 * @param <C> the settings: a record whose components are the keys
 * @since 0.1
 */
public interface FusionProvider<C extends Record> {

  /** The fusion's name in configs: lower case, no spaces. */
  String name();

  /** A short description of the fusion. */
  FusionCard card();

  /**
   * The type of the settings, each component a {@link Setting}; its compact constructor states
   * their rules.
   */
  Class<C> configType();

  /**
   * Checks settings against the text model: rules that the settings alone cannot check. Called when
   * a config is read, and again before {@link #create}.
   *
   * @throws IllegalArgumentException {@code key must ..., found value}
   */
  default void check(C config, TextShape text) {}

  /**
   * Whether a pass adds tokens to the text in {@link FusionPass#atEmbeddings}. Of several fusions
   * in one model, at most one may.
   */
  default boolean lengthensText() {
    return false;
  }

  /**
   * Whether the encoder's output already depends on the picture before {@link
   * FusionPass#afterEncoder}.
   */
  default boolean meetsInEncoder(C config) {
    return false;
  }

  /**
   * Which text states a pass requires without picture input, if any. Of several fusions such a one
   * must come first, and for the encoded text no other may act in the encoder.
   */
  default Optional<UnseenText> readsUnseen(C config) {
    return Optional.empty();
  }

  /**
   * Where the settings contradict a published model that holds this fusion's weights: all that a
   * shape does not tell, such as the number of heads. Called before its weights are loaded.
   *
   * @param published the content of its {@code config.json}: maps, lists, texts, numbers, booleans
   * @return each {@code key must be ..., as ..., found value}; empty where nothing does
   */
  default List<String> contradictions(C config, Map<String, Object> published) {
    return List.of();
  }

  /**
   * Creates the fusion and declares its parameters. Pure: no I/O, no side effects.
   *
   * @param config checked
   */
  Fusion create(C config, FusionContext context);
}
