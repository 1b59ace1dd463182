package dev.fusebox.training.objective;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * A caption beside its picture, and nothing to write: what is learnt from such pairs is what a
 * fusion adds to the loss, {@code alignment} with its contrast (CLIP, Radford et al. 2021, arXiv
 * 2103.00020) and matching (ALBEF, Li et al. 2021, arXiv 2107.07651).
 *
 * @param captions of pictures
 */
public record PicturePairs(List<PicturedText> captions, Tokens tokens)
    implements PretrainingObjective {

  public PicturePairs {
    captions = List.copyOf(captions);
    if (captions.isEmpty()) {
      throw new IllegalArgumentException("no question has a picture with a caption");
    }
  }

  @Override
  public PretrainingExample practice(SplittableRandom random) {
    PicturedText caption = captions.get(random.nextInt(captions.size()));
    List<Integer> read = new ArrayList<>(caption.words());
    read.add(tokens.end());
    return new PretrainingExample(read, List.of(), Optional.of(caption.question()));
  }
}
