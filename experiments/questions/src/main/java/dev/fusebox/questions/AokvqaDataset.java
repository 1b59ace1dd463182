package dev.fusebox.questions;

import dev.fusebox.file.Fingerprint;
import dev.fusebox.file.UserError;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A-OKVQA (Schwenk et al. 2022), multiple choice and answers in words, in the files of its authors:
 * {@code aokvqa_v1p0_train.json}, {@code _val}, {@code _test}, as many as are there; captions by
 * question id as for ScienceQA. A split without answers, as the published test questions are, is
 * none.
 */
public final class AokvqaDataset implements Dataset {

  private static final List<String> SPLITS = List.of("train", "val", "test");

  private final Splits splits;
  private final Map<String, Path> unanswered;
  private final List<Category> categories;
  private final Map<String, List<String>> directAnswers;
  private final String fingerprint;

  private AokvqaDataset(
      Splits splits, Map<String, Path> unanswered, AokvqaFile.Said said, String fingerprint) {
    this.splits = splits;
    this.unanswered = unanswered;
    this.categories = TagCategory.of(said.tags());
    this.directAnswers = Map.copyOf(said.direct());
    this.fingerprint = fingerprint;
  }

  /** Whether one of the files lies there. */
  static boolean isIn(DataDirectory directory) {
    return SPLITS.stream().anyMatch(split -> directory.find(file(split)).isPresent());
  }

  private static String file(String split) {
    return "aokvqa_v1p0_" + split + ".json";
  }

  /**
   * Opens a data directory.
   *
   * @throws UserError for every fault of the files, named by file, line and question id
   */
  public static AokvqaDataset open(Path root) throws IOException {
    DataDirectory directory = new DataDirectory(root);
    Optional<Path> captionFile = directory.find(ScienceQaDataset.CAPTIONS);
    Map<String, String> captions =
        captionFile.isPresent() ? CaptionFile.read(captionFile.get()) : Map.of();
    Map<String, List<Question>> splits = new LinkedHashMap<>();
    Map<String, Path> unanswered = new LinkedHashMap<>();
    Map<String, Path> seen = new LinkedHashMap<>();
    AokvqaFile.Said said = new AokvqaFile.Said(new LinkedHashMap<>(), new LinkedHashMap<>());
    List<Path> files = new ArrayList<>();
    for (String split : SPLITS) {
      Optional<Path> file = directory.find(file(split));
      if (file.isPresent()) {
        files.add(file.get());
        Optional<List<Question>> questions = AokvqaFile.read(file.get(), captions, seen, said);
        questions.ifPresentOrElse(
            found -> splits.put(split, found), () -> unanswered.put(split, file.get()));
      }
    }
    captionFile.ifPresent(files::add);
    return new AokvqaDataset(
        new Splits(root, splits), unanswered, said, Fingerprint.ofFiles(files));
  }

  @Override
  public Set<String> splits() {
    return splits.names();
  }

  @Override
  public List<Question> split(String name) {
    if (unanswered.containsKey(name)) {
      throw new UserError(
          "%s: its questions have no answers, so none can be marked; ask another split: %s"
              .formatted(unanswered.get(name), String.join(", ", splits.names())));
    }
    return splits.questions(name);
  }

  /** Whether a question is asked for an answer in words too, or is too hard for that. */
  @Override
  public List<Category> categories() {
    return categories;
  }

  @Override
  public Map<String, List<String>> directAnswers() {
    return directAnswers;
  }

  @Override
  public String fingerprint() {
    return fingerprint;
  }
}
