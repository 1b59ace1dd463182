package dev.fusebox.lab.ablation;

import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import dev.fusebox.file.Spelling;
import dev.fusebox.lab.config.Binder;
import dev.fusebox.lab.config.ConfigKeys;
import dev.fusebox.lab.config.KeyOrder;
import dev.fusebox.lab.config.Problems;
import dev.fusebox.lab.result.Ablation;
import dev.fusebox.lab.result.Claim;
import dev.fusebox.questions.DataSettings;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Reads {@code ablation { ... }}: which variants there are, and what is compared with what. */
final class AblationBlock {

  private final ExperimentFile file;
  private final ConfigObject block;
  private final Problems problems;
  private final Binder binder;

  AblationBlock(ExperimentFile file, Problems problems, Binder binder) {
    this.file = file;
    this.problems = problems;
    this.binder = binder;
    this.block = block();
  }

  private ConfigObject block() {
    ConfigValue found = file.everything().get("ablation");
    if (found instanceof ConfigObject written) {
      return written;
    }
    binder.problem(found, "ablation", "expected a block");
    return (ConfigObject) file.defaults().get("ablation");
  }

  /** Everything but the variants. */
  Optional<AblationSettings> settings() {
    return binder.bind(
        block.withoutKey("variants").withoutKey("grid"), "ablation", AblationSettings.class);
  }

  /**
   * What each variant says of its own, by its name.
   *
   * @param name of the one variant there is where none is written
   */
  Map<String, ConfigObject> variants(String name) {
    Map<String, ConfigObject> lines = new LinkedHashMap<>();
    block("ablation", block, "variants").ifPresent(variants -> named(variants, lines));
    block("ablation", block, "grid").ifPresent(grid -> cells(grid, lines));
    if (lines.isEmpty()) {
      lines.put(name, ConfigFactory.empty(file.path().toString()).root());
    }
    return lines;
  }

  private void named(ConfigObject variants, Map<String, ConfigObject> lines) {
    Map<String, String> folders = new HashMap<>();
    for (String key : KeyOrder.of(variants)) {
      String other = folders.putIfAbsent(Names.asFolder(key), key);
      if (other != null) {
        problems.add(
            variants.get(key).origin(),
            ConfigKeys.join("ablation.variants", key),
            "differs from %s only in a way that some file systems ignore; give one of them another name"
                .formatted(other));
      }
      block("ablation.variants", variants, key).ifPresent(own -> lines.put(key, own));
    }
  }

  private void cells(ConfigObject grid, Map<String, ConfigObject> lines) {
    for (Grid.Cell cell : Grid.cells(grid)) {
      if (lines.put(cell.name(), cell.lines()) != null) {
        problems.add(
            grid.origin(),
            "ablation.grid",
            "two variants are called " + cell.name() + "; write them under variants, with names");
      }
    }
  }

  private Optional<ConfigObject> block(String parentKey, ConfigObject parent, String key) {
    ConfigValue value = parent.get(key);
    if (value == null || value.valueType() == ConfigValueType.NULL) {
      return Optional.empty();
    }
    if (value instanceof ConfigObject found) {
      return Optional.of(found);
    }
    binder.problem(value, ConfigKeys.join(parentKey, key), "expected a block");
    return Optional.empty();
  }

  /** Notes pairs of {@code compare} that name no variant, or one variant twice. */
  void checkControls(AblationSettings settings, Set<String> known) {
    ConfigObject compare = (ConfigObject) block.get("compare");
    settings
        .compare()
        .forEach((variant, control) -> checkControl(compare.get(variant), variant, control, known));
    settings.claim().forEach(claim -> checkClaim(Claim.parse(claim), known));
  }

  /** Notes variants whose training questions cannot be drawn. */
  void checkDraws(AblationSettings settings, List<Variant> variants) {
    if (settings.draws().isEmpty()) {
      return;
    }
    String whole = names(variants, data -> data.limits().train().isEmpty());
    if (!whole.isEmpty()) {
      drawProblem(
          "need data.limits.train, without which every draw is all questions; for example data.limits.train = 0.8. Without it: "
              + whole);
    }
    String drawn = names(variants, data -> data.draw().isPresent());
    if (!drawn.isEmpty()) {
      drawProblem(
          "say which draws there are, and so does data.draw; leave one of them out. With data.draw: "
              + drawn);
    }
  }

  private static String names(List<Variant> variants, Predicate<DataSettings> which) {
    return variants.stream()
        .filter(variant -> which.test(variant.recipe().data()))
        .map(Variant::name)
        .collect(Collectors.joining(", "));
  }

  private void drawProblem(String message) {
    binder.problem(block.get("draws"), "ablation.draws", message);
  }

  private void checkClaim(Claim claim, Set<String> known) {
    for (String each : List.of(claim.variant(), claim.control())) {
      boolean baseline = each.equals(claim.control()) && each.equals(Ablation.MAJORITY);
      if (!known.contains(each) && !baseline) {
        binder.problem(
            block.get("claim"),
            "ablation.claim",
            "no variant %s%s in \"%s\"; known: %s"
                .formatted(each, Spelling.hint(each, known), claim, Spelling.list(known)));
      }
    }
  }

  private void checkControl(ConfigValue pair, String variant, String control, Set<String> known) {
    String key = ConfigKeys.join("ablation.compare", variant);
    if (variant.equals(control)) {
      binder.problem(pair, key, "a variant cannot be its own control");
    }
    for (String each : new LinkedHashSet<>(List.of(variant, control))) {
      boolean baseline = each.equals(control) && each.equals(Ablation.MAJORITY);
      if (!known.contains(each) && !baseline) {
        binder.problem(
            pair,
            key,
            "no variant %s%s; known: %s"
                .formatted(each, Spelling.hint(each, known), Spelling.list(known)));
      }
    }
  }
}
