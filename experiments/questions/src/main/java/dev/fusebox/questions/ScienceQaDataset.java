package dev.fusebox.questions;

import dev.fusebox.file.Fingerprint;
import dev.fusebox.file.JsonReader;
import dev.fusebox.file.UserError;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * ScienceQA (Lu et al. 2022) in the files of its authors and mm-cot: {@code problems.json}, {@code
 * pid_splits.json}, and one file of captions; and of regions, which is this project's own.
 */
public final class ScienceQaDataset implements Dataset {

  static final String PROBLEMS = "problems.json";
  private static final String SPLITS = "pid_splits.json";
  static final String[] CAPTIONS = {"captions.json", "instruct_captions.json"};
  private static final String REGIONS = "regions.json";
  private static final int SHOWN = 5;

  private final Splits splits;
  private final List<Category> categories;
  private final Map<String, List<String>> domains;
  private final Map<String, String> topics;
  private final Map<String, Map<String, String>> regions;
  private final String fingerprint;

  private ScienceQaDataset(
      Splits splits,
      List<Category> categories,
      Map<String, List<String>> domains,
      Map<String, String> topics,
      Map<String, Map<String, String>> regions,
      String fingerprint) {
    this.splits = splits;
    this.domains = domains;
    this.topics = topics;
    this.categories = List.copyOf(categories);
    this.regions = Map.copyOf(regions);
    this.fingerprint = fingerprint;
  }

  /**
   * Opens a data directory with the captions that lie there, {@code captions.json} before {@code
   * instruct_captions.json}; without any, captions are empty.
   *
   * @throws UserError for every fault of the files, named by file, line and problem id
   */
  public static ScienceQaDataset open(Path root) throws IOException {
    DataDirectory directory = new DataDirectory(root);
    return open(directory, directory.find(CAPTIONS));
  }

  /**
   * Opens a data directory with the captions of a certain file.
   *
   * @param captions a path, or a name in the data directory
   */
  public static ScienceQaDataset open(Path root, Path captions) throws IOException {
    DataDirectory directory = new DataDirectory(root);
    Path inside = directory.find(captions.toString()).orElse(captions);
    return open(directory, Optional.of(inside));
  }

  private static ScienceQaDataset open(DataDirectory directory, Optional<Path> captionFile)
      throws IOException {
    Path problemsFile = directory.require(PROBLEMS);
    Path splitsFile = directory.require(SPLITS);
    Map<String, String> captions =
        captionFile.isPresent() ? CaptionFile.read(captionFile.get()) : Map.of();
    Map<String, List<String>> domains = new LinkedHashMap<>();
    Map<String, String> topics = new LinkedHashMap<>();
    Map<String, Question> problems = ProblemsFile.read(problemsFile, captions, domains, topics);
    List<Path> files = new ArrayList<>(List.of(problemsFile, splitsFile));
    captionFile.ifPresent(files::add);
    Optional<Path> regions = directory.find(REGIONS);
    regions.ifPresent(files::add);
    return new ScienceQaDataset(
        splits(splitsFile, problems),
        domains.isEmpty() ? List.of(ScienceQaCategory.values()) : TagCategory.of(domains),
        domains,
        topics,
        regions.isPresent() ? RegionFile.read(regions.get()) : Map.of(),
        Fingerprint.ofFiles(files));
  }

  private static Splits splits(Path file, Map<String, Question> problems) throws IOException {
    return JsonReader.read(
        file,
        reader -> {
          Map<String, List<Question>> splits = new LinkedHashMap<>();
          reader.fields(
              "the file", "split", name -> splits.put(name, questions(reader, name, problems)));
          return new Splits(file, splits);
        });
  }

  private static List<Question> questions(
      JsonReader reader, String split, Map<String, Question> problems) throws IOException {
    List<String> ids = reader.texts("split " + split);
    Set<String> seen = new HashSet<>();
    List<String> repeated = ids.stream().filter(id -> !seen.add(id)).toList();
    List<String> unknown = ids.stream().filter(id -> !problems.containsKey(id)).toList();
    complain(reader, "split " + split + " names twice: ", repeated);
    complain(reader, "split " + split + " names problems that problems.json lacks: ", unknown);
    return ids.stream().filter(problems::containsKey).map(problems::get).toList();
  }

  private static void complain(JsonReader reader, String what, List<String> ids) {
    if (!ids.isEmpty()) {
      String more = ids.size() > SHOWN ? " and %,d more".formatted(ids.size() - SHOWN) : "";
      reader.problem(what + ids.stream().limit(SHOWN).collect(Collectors.joining(", ")) + more);
    }
  }

  @Override
  public Set<String> splits() {
    return splits.names();
  }

  @Override
  public List<Question> split(String name) {
    return splits.questions(name);
  }

  /** Those of ScienceQA; where problems have domains, as M3CoT's do, these and their topics. */
  @Override
  public List<Category> categories() {
    return categories;
  }

  /** Its topic, with its domain where it has one. */
  @Override
  public List<String> kinds(Question question) {
    List<String> domain = domains.get(question.id());
    String topic = topics.get(question.id());
    return domain != null ? domain : topic != null ? List.of(topic) : List.of();
  }

  @Override
  public Map<String, Map<String, String>> regions() {
    return regions;
  }

  @Override
  public String fingerprint() {
    return fingerprint;
  }
}
