package dev.fusebox.training.catalogue;

import dev.fusebox.file.UserError;
import dev.fusebox.fusion.Fusion;
import dev.fusebox.fusion.FusionContext;
import dev.fusebox.fusion.FusionProvider;
import dev.fusebox.fusion.JoinedFusion;
import dev.fusebox.fusion.TextShape;
import dev.fusebox.fusion.UnseenText;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/** Every fusion by name, as found when the program started. Immutable. */
public final class FusionCatalogue {

  private static final String NONE = "none";

  private final SortedMap<String, FusionProvider<?>> providers = new TreeMap<>();

  /**
   * A catalogue of these.
   *
   * @throws UserError if two claim one name
   */
  public FusionCatalogue(Iterable<FusionProvider<?>> providers) {
    for (FusionProvider<?> provider : providers) {
      checkName(provider);
      FusionProvider<?> before = this.providers.put(provider.name(), provider);
      if (before != null || provider.name().equals(NONE)) {
        throw new UserError(
            "Fusion '%s' is provided twice: %s and %s. Remove one from the class path."
                .formatted(
                    provider.name(),
                    before == null ? "built in" : before.getClass().getName(),
                    provider.getClass().getName()));
      }
    }
  }

  /** Every fusion the class loader finds. */
  @SuppressWarnings({"rawtypes", "unchecked"})
  public static FusionCatalogue of(ClassLoader loader) {
    List<FusionProvider<?>> found = new ArrayList<>();
    try {
      for (FusionProvider provider : ServiceLoader.load(FusionProvider.class, loader)) {
        found.add(provider);
      }
    } catch (ServiceConfigurationError | LinkageError e) {
      throw new UserError(Plugins.broken(e), e);
    }
    return new FusionCatalogue(found);
  }

  /** A name stands in configs, in tables and in names of files. */
  private static void checkName(FusionProvider<?> provider) {
    String name;
    try {
      name = String.valueOf(provider.name());
    } catch (RuntimeException | LinkageError e) {
      throw new UserError(provider.getClass().getName() + " does not give its name: " + e, e);
    }
    if (!name.matches("[\\p{L}\\p{N}][\\p{L}\\p{M}\\p{N}_.-]*")) {
      throw new UserError(
          "%s calls its fusion '%s'; a name is letters, digits, and _ . - between them"
              .formatted(provider.getClass().getName(), name));
    }
  }

  /** Every provider by name. */
  public Map<String, FusionProvider<?>> providers() {
    return java.util.Collections.unmodifiableSortedMap(providers);
  }

  /** Every name a config may use, {@code none} included. */
  public Collection<String> names() {
    List<String> names = new ArrayList<>(List.of(NONE));
    names.addAll(providers.keySet());
    return names;
  }

  /** Makes the fusion that {@code settings} name; text only for {@code none}. */
  public Fusion create(FusionSettings settings, FusionContext context) {
    return switch (settings.parts().size()) {
      case 0 -> Fusion.NONE;
      case 1 -> create(providers.get(settings.name()), settings, context);
      default -> joined(settings.parts(), context);
    };
  }

  private Fusion joined(List<FusionSettings> parts, FusionContext context) {
    conflict(parts)
        .ifPresent(
            reason -> {
              throw new UserError(reason);
            });
    Map<String, Function<FusionContext, Fusion>> makers = new LinkedHashMap<>();
    for (FusionSettings part : parts) {
      makers.put(part.name(), own -> create(part, own));
    }
    return JoinedFusion.of(makers, context);
  }

  /** Why these cannot be in one model. */
  public Optional<String> conflict(List<FusionSettings> parts) {
    List<String> lengthening =
        parts.stream()
            .map(FusionSettings::name)
            .filter(name -> providers.get(name).lengthensText())
            .toList();
    return lengthening.size() > 1
        ? Optional.of(
            "%s cannot be combined: each adds picture tokens to the text, and would take the other's for words"
                .formatted(String.join(" and ", lengthening)))
        : parts.stream().flatMap(part -> met(part, parts).stream()).findFirst();
  }

  /** Why a part would read text that has met the picture and may not. */
  private Optional<String> met(FusionSettings part, List<FusionSettings> parts) {
    Optional<UnseenText> wanted = with(part, FusionProvider::readsUnseen);
    if (wanted.isEmpty()) {
      return Optional.empty();
    }
    if (parts.indexOf(part) > 0) {
      return Optional.of(
          "%s must be the first: it needs text states without picture input, and %s comes before it"
              .formatted(part.name(), parts.get(0).name()));
    }
    return parts.stream()
        .filter(other -> wanted.get() == UnseenText.ENCODED)
        .filter(other -> with(other, FusionProvider::meetsInEncoder))
        .findFirst()
        .map(
            other ->
                "%s needs encoded text without picture input, but %s adds it in the encoder; let it read the embedded text"
                    .formatted(part.name(), other.name()));
  }

  /**
   * Where a fusion alone reads text that may not have met the picture: it compares the two.
   *
   * @param part one fusion
   */
  public Optional<UnseenText> comparesTextAndPicture(FusionSettings part) {
    return with(part, FusionProvider::readsUnseen);
  }

  /**
   * Where the settings of fusions contradict a published model that holds their weights.
   *
   * @param published the content of its {@code config.json}
   */
  public List<String> contradictions(FusionSettings fusion, Map<String, Object> published) {
    return fusion.parts().stream()
        .flatMap(part -> contradictions(providers.get(part.name()), part, published).stream())
        .toList();
  }

  private static <C extends Record> List<String> contradictions(
      FusionProvider<C> provider, FusionSettings part, Map<String, Object> published) {
    return provider.contradictions(provider.configType().cast(part.settings()), published);
  }

  /** What a provider says of settings. */
  private interface Asked<T> {
    <C extends Record> T of(FusionProvider<C> provider, C config);
  }

  private <T> T with(FusionSettings part, Asked<T> asked) {
    return with(providers.get(part.name()), part, asked);
  }

  private static <C extends Record, T> T with(
      FusionProvider<C> provider, FusionSettings part, Asked<T> asked) {
    return asked.of(provider, provider.configType().cast(part.settings()));
  }

  private static <C extends Record> Fusion create(
      FusionProvider<C> provider, FusionSettings settings, FusionContext context) {
    C config = provider.configType().cast(settings.settings());
    try {
      provider.check(config, context.text());
    } catch (IllegalArgumentException e) {
      throw new UserError("fusion = " + provider.name() + ": " + e.getMessage(), e);
    }
    return provider.create(config, context);
  }

  /**
   * Checks the settings of one fusion against the text model they are for.
   *
   * @throws IllegalArgumentException {@code key must ..., found value}
   */
  public void check(FusionSettings settings, TextShape text) {
    if (!settings.isNone()) {
      check(providers.get(settings.name()), settings, text);
    }
  }

  private static <C extends Record> void check(
      FusionProvider<C> provider, FusionSettings settings, TextShape text) {
    try {
      provider.check(provider.configType().cast(settings.settings()), text);
    } catch (IllegalArgumentException e) {
      throw e;
    } catch (RuntimeException | LinkageError | AssertionError e) {
      throw new UserError("fusion = " + provider.name() + ": its own check failed: " + e, e);
    }
  }
}
