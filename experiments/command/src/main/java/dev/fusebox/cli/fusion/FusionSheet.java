package dev.fusebox.cli.fusion;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import com.typesafe.config.Config;
import dev.fusebox.fusion.Fusion;
import dev.fusebox.fusion.FusionContext;
import dev.fusebox.fusion.FusionPass;
import dev.fusebox.fusion.FusionProvider;
import dev.fusebox.fusion.Mode;
import dev.fusebox.fusion.Need;
import dev.fusebox.fusion.Setting;
import dev.fusebox.fusion.VisionFeatures;
import dev.fusebox.lab.config.Binder;
import dev.fusebox.lab.config.ConfigSource;
import dev.fusebox.lab.config.Problems;
import dev.fusebox.tensor.Ops;
import dev.fusebox.tensor.Parameters;
import dev.fusebox.tensor.Precision;
import dev.fusebox.tensor.Step;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What there is to know of a fusion, read from its code: its card, the hooks that its pass
 * overrides, the components of its settings and their defaults, and the parameters that it declares
 * on a base model.
 *
 * @param name as configs call it
 * @param summary what it does
 * @param source what it follows
 * @param hooks the methods of {@link FusionPass} that act
 * @param keys its settings
 * @param parameters how many numbers it adds to T5-base with its default settings and vectors of
 *     width {@value #VISION_WIDTH}
 */
public record FusionSheet(
    String name,
    String summary,
    String source,
    List<String> hooks,
    List<Key> keys,
    long parameters) {

  private static final int VISION_WIDTH = 256;
  private static final List<String> NOT_HOOKS = List.of("diagnostics", "select");

  /**
   * A setting.
   *
   * @param name with those of the blocks around it
   * @param standard its default
   * @param range what is allowed
   * @param meaning what it is for
   * @param needs what the data have to bring for it to act
   */
  public record Key(String name, String standard, String range, String meaning, List<Need> needs) {}

  /**
   * Reads it.
   *
   * @param loader finds its {@code reference.conf}
   * @throws dev.fusebox.file.UserError if its defaults do not fit its settings
   */
  public static <C extends Record> FusionSheet of(FusionProvider<C> provider, ClassLoader loader) {
    Config own = defaults(provider, loader);
    List<Key> keys = new ArrayList<>();
    collect("", provider.configType(), own, keys);
    try (NDManager root = NDManager.newBaseManager();
        Parameters parameters = new Parameters(root, 0)) {
      Ops ops = Ops.load(root, Precision.FLOAT32);
      FusionContext base =
          new FusionContext(768, VISION_WIDTH, 12, 64, 3072, 12, 12, 0.1, 1e-6, parameters, ops);
      Fusion fusion = standard(provider, loader, base);
      return new FusionSheet(
          provider.name(),
          provider.card().summary(),
          provider.card().source(),
          hooks(fusion, root),
          keys,
          Parameters.count(parameters.all().values()));
    }
  }

  private static Config defaults(FusionProvider<?> provider, ClassLoader loader) {
    return ConfigSource.resolve("reference.conf", ConfigSource.defaults(loader))
        .getConfig("fusions." + provider.name());
  }

  /**
   * A fusion in its defaults.
   *
   * @throws dev.fusebox.file.UserError if they do not fit its settings
   */
  static <C extends Record> Fusion standard(
      FusionProvider<C> provider, ClassLoader loader, FusionContext context) {
    Problems problems = new Problems();
    C config =
        new Binder(problems)
            .bind(
                defaults(provider, loader).root(),
                "fusions." + provider.name(),
                provider.configType())
            .orElse(null);
    problems.orThrow("reference.conf");
    return provider.create(config, context);
  }

  private static void collect(String prefix, Class<?> type, Config defaults, List<Key> into) {
    for (RecordComponent component : type.getRecordComponents()) {
      String name = component.getName();
      if (component.getType().isRecord()) {
        collect(prefix + name + ".", component.getType(), defaults.getConfig(name), into);
      } else {
        into.add(key(prefix + name, component, defaults.getValue(name).unwrapped().toString()));
      }
    }
  }

  private static Key key(String name, RecordComponent component, String standard) {
    Setting setting = component.getAnnotation(Setting.class);
    String range = setting == null ? "" : setting.range();
    return new Key(
        name,
        standard,
        range.isEmpty() ? constants(component.getType()) : range,
        setting == null ? "" : setting.value(),
        setting == null ? List.of() : List.of(setting.needs()));
  }

  private static String constants(Class<?> type) {
    return type.isEnum()
        ? Arrays.stream(type.getEnumConstants())
            .map(each -> ((Enum<?>) each).name().toLowerCase(Locale.ROOT).replace('_', '-'))
            .collect(Collectors.joining(", "))
        : "";
  }

  private static List<String> hooks(Fusion fusion, NDManager root) {
    try (Step step = Step.inference(root)) {
      NDArray features = step.manager().zeros(new Shape(1, 1, VISION_WIDTH), DataType.FLOAT32);
      NDArray mask = step.manager().ones(new Shape(1, 1));
      FusionPass pass = fusion.begin(VisionFeatures.ofOnePicture(features, mask), Mode.INFERENCE);
      return Arrays.stream(FusionPass.class.getMethods())
          .filter(Method::isDefault)
          .filter(hook -> !NOT_HOOKS.contains(hook.getName()) && overrides(pass, hook))
          .map(Method::getName)
          .sorted()
          .toList();
    }
  }

  private static boolean overrides(FusionPass pass, Method hook) {
    try {
      return pass.getClass().getMethod(hook.getName(), hook.getParameterTypes()).getDeclaringClass()
          != FusionPass.class;
    } catch (NoSuchMethodException e) {
      throw new AssertionError(e);
    }
  }

  /** As a page of text. */
  public String text() {
    StringBuilder text = new StringBuilder();
    text.append(name).append(": ").append(summary).append('\n');
    text.append("  source      ").append(source).append('\n');
    text.append("  hooks       ").append(String.join(", ", hooks)).append('\n');
    text.append(
        String.format(
            Locale.ROOT,
            "  parameters  %,d added on T5-base, with these defaults and vectors of width %d%n",
            parameters,
            VISION_WIDTH));
    for (Key key : keys) {
      text.append(String.format("%n  %s = %s%n", key.name(), key.standard()));
      text.append("      ").append(key.meaning()).append('\n');
      text.append("      allowed: ").append(key.range()).append('\n');
      key.needs()
          .forEach(
              need ->
                  text.append("      has no effect unless ").append(need.condition()).append('\n'));
    }
    return text.toString();
  }
}
