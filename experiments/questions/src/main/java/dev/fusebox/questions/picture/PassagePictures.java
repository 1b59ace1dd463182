package dev.fusebox.questions.picture;

import dev.fusebox.array.FeatureArray;
import dev.fusebox.array.NpyWriter;
import dev.fusebox.file.CodeVersion;
import dev.fusebox.file.Fingerprint;
import dev.fusebox.file.UserError;
import dev.fusebox.questions.Dataset;
import dev.fusebox.questions.Question;
import dev.fusebox.questions.retrieve.Corpus;
import dev.fusebox.questions.retrieve.Passage;
import dev.fusebox.questions.retrieve.PassageIndex;
import dev.fusebox.questions.retrieve.PassageVector;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The passages that are found for a question, each a vector, the best first: a third modality
 * beside text and picture (KAM-CoT, Mondal et al. 2024, arXiv 2401.12863, whose third is a
 * knowledge graph). A question without a passage has no vector.
 *
 * @param array a row for each question; where fewer passages were found, zeros follow
 * @param rows a question's id → its row
 * @param counts by row, how many were found
 */
@SuppressWarnings("ArrayRecordComponent") // counted when it is opened; nobody writes into it
record PassagePictures(FeatureArray array, SortedMap<String, Integer> rows, int[] counts)
    implements IndexedPictures {

  private static final String LECTURES = "train"; // as data.splits.train is by default

  /**
   * Opens those of all questions of a data set.
   *
   * @param place where the data lie, for people
   * @param cache where indices and vectors are kept
   * @throws UserError if there is no passage
   */
  static PassagePictures open(Dataset dataset, Path place, PassageSettings settings, Path cache)
      throws IOException {
    List<String> passages = passages(dataset, place, settings);
    SortedMap<String, Question> questions = questions(dataset);
    Path kept =
        cache.resolve("passage-vectors-" + fingerprint(dataset, passages, settings) + ".npy");
    FeatureArray array =
        KeptArray.open(kept, cache, () -> write(questions, passages, settings, kept, cache));
    List<String> ids = List.copyOf(questions.keySet());
    SortedMap<String, Integer> rows = new TreeMap<>();
    IntStream.range(0, ids.size()).forEach(row -> rows.put(ids.get(row), row));
    return new PassagePictures(
        array, rows, IntStream.range(0, ids.size()).map(row -> count(array, row)).toArray());
  }

  /**
   * The passages that are searched.
   *
   * @throws UserError if there is none
   */
  static List<String> passages(Dataset dataset, Path place, PassageSettings settings)
      throws IOException {
    if (settings.corpus().isPresent()) {
      return Corpus.read(settings.corpus().get());
    }
    List<String> lectures =
        dataset.splits().contains(LECTURES)
            ? dataset.split(LECTURES).stream()
                .map(Question::lecture)
                .filter(lecture -> !lecture.isBlank())
                .toList()
            : List.of();
    if (lectures.isEmpty()) {
      throw new UserError(
          "%s: features = passages, but no question of the split train has a lecture to find. Name a text file with a passage on each line: features.passages.corpus = FILE"
              .formatted(place));
    }
    return lectures;
  }

  private static SortedMap<String, Question> questions(Dataset dataset) {
    return dataset.splits().stream()
        .flatMap(split -> dataset.split(split).stream())
        .collect(
            Collectors.toMap(Question::id, each -> each, (first, again) -> first, TreeMap::new));
  }

  private static String fingerprint(
      Dataset dataset, List<String> passages, PassageSettings settings) {
    Fingerprint fingerprint = new Fingerprint();
    fingerprint.add(CodeVersion.of(PassageIndex.class, List.of("dev/fusebox/questions/")));
    fingerprint.add(dataset.fingerprint()).add(settings.count()).add(settings.width());
    passages.forEach(fingerprint::add);
    return fingerprint.hex();
  }

  private static void write(
      Map<String, Question> questions,
      List<String> passages,
      PassageSettings settings,
      Path file,
      Path cache)
      throws IOException {
    try (PassageIndex index = PassageIndex.open(passages, cache);
        NpyWriter writer =
            NpyWriter.floats(file, questions.size(), settings.count(), settings.width())) {
      for (Question question : questions.values()) {
        writer.write(row(question, index, settings));
      }
    }
  }

  private static float[] row(Question question, PassageIndex index, PassageSettings settings)
      throws IOException {
    FloatBuffer row = FloatBuffer.allocate(settings.count() * settings.width());
    for (Passage found : index.search(PassageIndex.query(question), settings.count())) {
      row.put(PassageVector.of(found.text(), index, settings.width()));
    }
    return row.array();
  }

  /** A passage that was found has a word, so that its vector is not zero. */
  private static int count(FeatureArray array, int row) {
    FloatBuffer numbers = FloatBuffer.allocate(array.patches() * array.width());
    array.read(row, numbers);
    int count = 0;
    while (count < array.patches() && !isZero(numbers.array(), count * array.width(), array)) {
      count++;
    }
    return count;
  }

  private static boolean isZero(float[] numbers, int from, FeatureArray array) {
    return IntStream.range(from, from + array.width()).allMatch(i -> numbers[i] == 0);
  }

  @Override
  public int patches() {
    return array.patches();
  }

  @Override
  public int width() {
    return array.width();
  }

  /** All that have a passage. */
  @Override
  public List<String> questionIds() {
    return rows.keySet().stream().filter(id -> counts[rows.get(id)] > 0).toList();
  }

  @Override
  public int read(String questionId, FloatBuffer into) {
    Integer row = rows.get(questionId);
    if (row == null) {
      return 0;
    }
    FloatBuffer numbers = FloatBuffer.allocate(patches() * width());
    array.read(row, numbers);
    into.put(numbers.array(), 0, counts[row] * width());
    return counts[row];
  }
}
