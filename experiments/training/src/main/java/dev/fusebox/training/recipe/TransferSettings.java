package dev.fusebox.training.recipe;

import dev.fusebox.questions.Dataset;
import dev.fusebox.questions.Question;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * {@code test.transfer.NAME}: questions of other data, put to a run that has not learnt from them.
 *
 * @param root where they lie, as {@link dev.fusebox.questions.Datasets} finds them
 * @param split which of them; {@code test} where nothing is said
 * @param questions how many, spread evenly over the split; without it all
 */
public record TransferSettings(Path root, Optional<String> split, Optional<Integer> questions) {

  public TransferSettings {
    Rules.require(
        questions.orElse(1) > 0, "questions must be at least 1, found " + questions.orElse(1));
  }

  /** The split's name. */
  public String splitName() {
    return split.orElse("test");
  }

  /** The questions asked. */
  public List<Question> of(Dataset dataset) {
    List<Question> all = dataset.split(splitName());
    int count = Math.min(questions.orElse(all.size()), all.size());
    return IntStream.range(0, count)
        .mapToObj(i -> all.get((int) ((long) i * all.size() / count)))
        .toList();
  }
}
