package dev.fusebox.training.objective;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Does this caption belong to this picture? Half of the examples show the caption of another
 * picture. VL-T5's image-text matching (Cho et al. 2021, arXiv 2102.02779), which writes {@code
 * true} or {@code false}; here the first sentinel says yes and the second no, for not every
 * vocabulary has those words.
 *
 * @param captions of pictures, at least two of them different
 */
public record Matching(List<PicturedText> captions, Tokens tokens) implements PretrainingObjective {

  private static final int YES = 0;
  private static final int NO = 1;

  public Matching {
    captions = List.copyOf(captions);
    if (captions.stream().map(PicturedText::words).distinct().count() < 2) {
      throw new IllegalArgumentException(
          "captions of pictures must be at least two different ones, found "
              + captions.stream().map(PicturedText::words).distinct().count());
    }
  }

  @Override
  public PretrainingExample practice(SplittableRandom random) {
    PicturedText shown = captions.get(random.nextInt(captions.size()));
    boolean belongs = random.nextBoolean();
    List<Integer> read = new ArrayList<>(belongs ? shown.words() : other(shown, random));
    read.add(tokens.end());
    return new PretrainingExample(
        read,
        List.of(tokens.sentinel(belongs ? YES : NO), tokens.end()),
        Optional.of(shown.question()));
  }

  /** The first different one from a random place on. */
  private List<Integer> other(PicturedText shown, SplittableRandom random) {
    int at = random.nextInt(captions.size());
    while (captions.get(at).words().equals(shown.words())) {
      at = (at + 1) % captions.size();
    }
    return captions.get(at).words();
  }
}
