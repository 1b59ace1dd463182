package dev.fusebox.lab.ablation;

import dev.fusebox.lab.store.StageFolder;
import dev.fusebox.lab.store.StageStore;
import dev.fusebox.questions.DataSettings;
import dev.fusebox.questions.Question;
import dev.fusebox.training.recipe.Recipe;
import dev.fusebox.training.recipe.Split;
import dev.fusebox.training.recipe.StageRole;
import dev.fusebox.training.recipe.StageSettings;
import dev.fusebox.training.recipe.UpstreamText;
import dev.fusebox.training.work.DataPlace;
import dev.fusebox.training.work.OpenedFiles;
import dev.fusebox.training.work.Stage;
import dev.fusebox.training.work.StageKind;
import dev.fusebox.training.work.TextLengths;
import jakarta.inject.Inject;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Says which stages will read or learn texts that are too long for them, before they are computed;
 * {@link CutTexts} counts them afterwards. A few questions, evenly spread, are measured. Of data or
 * a tokenizer that are yet to be made nothing is known.
 */
public final class LongTexts {

  private static final int MEASURED = 200;

  private final OpenedFiles files;
  private final StageStore store;
  private final Map<List<Object>, Sample> samples = new HashMap<>(); // variants share most texts

  /** Lengths by the tokenizers among these files, of stages that the store does not hold. */
  @Inject
  public LongTexts(OpenedFiles files, StageStore store) {
    this.files = files;
    this.store = store;
  }

  /** What was measured, and of how many questions. */
  private record Sample(int measured, int questions, TextLengths lengths) {

    /** So many of them, where not all were measured a share. */
    String amount(int count) {
      double percent = 100.0 * count / measured;
      boolean nearlyNoneOrAll = percent < 1 || (percent > 99 && percent < 100);
      return measured == questions
          ? String.format(Locale.ROOT, "%,d of %,d", count, measured)
          : "about %s %% of the".formatted(rounded(percent, nearlyNoneOrAll ? 1 : 0));
    }

    private static String rounded(double percent, int digits) {
      return BigDecimal.valueOf(percent).setScale(digits, RoundingMode.HALF_UP).toPlainString();
    }

    String by() {
      return measured == questions
          ? ""
          : String.format(Locale.ROOT, ", measured on %,d of %,d questions", measured, questions);
    }
  }

  /** A line for each stage with such texts; variants are named where not all have them. */
  public List<String> lines(AblationPlan plan) throws IOException {
    Map<String, Set<String>> variants = new LinkedHashMap<>();
    Set<String> there = store.known();
    Set<List<Object>> seen = new HashSet<>(); // seeds and draws read texts like those of the first
    for (PlannedRun run : plan.runs()) {
      String variant = run.variant().name();
      for (Stage stage : run.plan().stages()) {
        if (isMeasured(stage, there) && seen.add(List.of(variant, stage.part(), stage.role()))) {
          for (String line : lines(run, stage, there)) {
            variants.computeIfAbsent(line, key -> new LinkedHashSet<>()).add(variant);
          }
        }
      }
    }
    return CutTexts.named(variants, plan.experiment().variants().size());
  }

  /** What is to do, but for tests, whose texts are as long as those they are tests of. */
  private boolean isMeasured(Stage stage, Set<String> there) throws IOException {
    boolean ofItsOwn = stage.role() == StageRole.TRAINING || stage.role() == StageRole.WRITING;
    return ofItsOwn && find(stage, there).isEmpty();
  }

  /** The disk is asked only for what it may have. */
  private Optional<StageFolder> find(Stage stage, Set<String> there) throws IOException {
    return there.contains(stage.name()) ? store.find(stage.name()) : Optional.empty();
  }

  private List<String> lines(PlannedRun run, Stage stage, Set<String> there) throws IOException {
    Recipe recipe = run.variant().recipe();
    StageSettings settings = recipe.pipeline().get(stage.part());
    Optional<Path> root = root(run, there);
    Optional<Path> tokenizer =
        new DataPlace(root, Optional.empty(), "").givenTokenizer(settings.model());
    if (root.isEmpty() || tokenizer.isEmpty()) {
      return List.of();
    }
    Split split = stage.role() == StageRole.TRAINING ? Split.TRAIN : Split.TEST;
    return lines(
        stage, settings, sample(settings, recipe.data(), split, root.get(), tokenizer.get()));
  }

  /** Where the questions lie: given, or made by a stage that is done. */
  private Optional<Path> root(PlannedRun run, Set<String> there) throws IOException {
    Optional<Path> given = run.variant().recipe().data().root();
    for (Stage stage : run.plan().stages()) {
      if (given.isEmpty() && stage.kind() == StageKind.DATA) {
        return find(stage, there).map(StageFolder::path);
      }
    }
    return given;
  }

  private Sample sample(
      StageSettings settings, DataSettings data, Split split, Path root, Path tokenizer)
      throws IOException {
    List<Object> key =
        List.of(
            List.of(data, split, root, tokenizer),
            List.of(settings.format(), settings.features().withCaptions(), settings.goldLecture()),
            List.of(settings.source(), settings.target(), settings.readsRecited()),
            List.of(settings.ranks()));
    Sample known = samples.get(key);
    if (known == null) {
      List<Question> all = split.questions(files.questions(root), data);
      List<Question> some = spread(all);
      TextLengths lengths = TextLengths.of(settings, some, files.tokenizer(tokenizer));
      known = new Sample(some.size(), all.size(), lengths);
      samples.put(key, known);
    }
    return known;
  }

  private static List<Question> spread(List<Question> all) {
    int count = Math.min(MEASURED, all.size());
    return IntStream.range(0, count)
        .mapToObj(at -> all.get((int) ((long) at * all.size() / count)))
        .toList();
  }

  private static List<String> lines(Stage stage, StageSettings settings, Sample sample) {
    TextLengths lengths = sample.lengths();
    String outputs = settings.ranks() ? "questions' options" : "outputs";
    List<String> lines = new ArrayList<>();
    if (lengths.sources().count() > 0) {
      String end = " and are cut" + sample.by() + besides(stage, settings);
      lines.add(line(stage, sample, "inputs", "source.maxTokens", lengths.sources()) + end);
    }
    if (lengths.targets().count() > 0) {
      boolean gold = stage.role() == StageRole.WRITING && !settings.ranks();
      String end = (gold ? ", where writing ends" : " and are cut") + sample.by();
      String what = gold ? "gold outputs" : outputs;
      lines.add(line(stage, sample, what, "target.maxTokens", lengths.targets()) + end);
    }
    return lines;
  }

  private static String line(
      Stage stage, Sample sample, String what, String key, TextLengths.Excess excess) {
    return String.format(
        Locale.ROOT,
        "%s: %s %s are longer than pipeline.%s.%s = %d (up to %d tokens)",
        stage.title(),
        sample.amount(excess.count()),
        what,
        stage.part(),
        key,
        excess.limit(),
        excess.longest());
  }

  /** What an input holds beside what was measured. */
  private static String besides(Stage stage, StageSettings settings) {
    boolean written =
        settings.from().isPresent()
            && (stage.role() == StageRole.WRITING || settings.trainOn() == UpstreamText.GENERATED);
    return (written ? "; with gold text for what " + settings.from().get() + " will write" : "")
        + (settings.retrieval().isPresent() ? "; retrieved passages come on top" : "");
  }
}
