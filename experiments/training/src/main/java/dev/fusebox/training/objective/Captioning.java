package dev.fusebox.training.objective;

import dev.fusebox.questions.Question;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Captioning from the picture: the beginning of a caption, empty or longer, is read beside the
 * picture, and the rest is written. Prefix language modelling as in Raffel et al. 2020, section
 * 3.1.4, with the picture before the prefix as in SimVLM (Wang et al. 2022, section 3.1).
 *
 * @param captions of pictures
 * @param longest captions are cut, so that a prefix with its end mark has at most so many tokens
 */
public record Captioning(List<PicturedText> captions, int longest, Tokens tokens)
    implements PretrainingObjective {

  public Captioning {
    captions = captions.stream().filter(caption -> !caption.words().isEmpty()).toList();
    if (captions.isEmpty()) {
      throw new IllegalArgumentException("no question has a picture with a caption");
    }
    if (longest < 2) {
      throw new IllegalArgumentException("longest must be at least 2, found " + longest);
    }
  }

  /** Of the questions that have a picture and a caption of it. */
  static Captioning of(List<Question> questions, int longest, Tokens tokens) {
    return new Captioning(
        questions.stream()
            .filter(question -> question.picture() && !question.caption().isBlank())
            .map(question -> new PicturedText(question.id(), tokens.of(question.caption())))
            .toList(),
        longest,
        tokens);
  }

  @Override
  public PretrainingExample practice(SplittableRandom random) {
    PicturedText caption = captions.get(random.nextInt(captions.size()));
    List<Integer> words = caption.words().subList(0, Math.min(longest - 1, caption.words().size()));
    int prefix = random.nextInt(words.size()); // something is always left to write
    return new PretrainingExample(
        ended(words.subList(0, prefix)),
        ended(words.subList(prefix, words.size())),
        Optional.of(caption.question()));
  }

  private List<Integer> ended(List<Integer> words) {
    List<Integer> ids = new ArrayList<>(words);
    ids.add(tokens.end());
    return ids;
  }
}
