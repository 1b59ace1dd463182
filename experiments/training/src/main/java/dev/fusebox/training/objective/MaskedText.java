package dev.fusebox.training.objective;

import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Spans cut out of a text are written with its picture in view: {@link SpanCorruption} of what can
 * often be read off the picture. The masked language modelling with vision of VL-T5 (Cho et al.
 * 2021, arXiv 2102.02779) and FLAVA (Singh et al. 2022, arXiv 2112.04482), with T5's share and
 * lengths of spans.
 *
 * @param texts of two tokens or more
 * @param corruption cuts spans out
 */
public record MaskedText(List<PicturedText> texts, SpanCorruption corruption)
    implements PretrainingObjective {

  public MaskedText {
    texts = List.copyOf(texts);
  }

  /**
   * With T5's own share and lengths of spans.
   *
   * @param texts those shorter than two tokens are left out
   * @param longest texts are cut to this many tokens before they are corrupted
   */
  static MaskedText of(List<PicturedText> texts, int longest, Tokens tokens) {
    List<PicturedText> enough = texts.stream().filter(text -> text.words().size() >= 2).toList();
    if (enough.isEmpty()) {
      throw new IllegalArgumentException("no question has a picture");
    }
    List<List<Integer>> words = enough.stream().map(PicturedText::words).toList();
    return new MaskedText(enough, new SpanCorruption(words, longest, tokens));
  }

  @Override
  public PretrainingExample practice(SplittableRandom random) {
    PicturedText text = texts.get(random.nextInt(texts.size()));
    PretrainingExample corrupted = corruption.of(text.words(), random);
    return new PretrainingExample(
        corrupted.source(), corrupted.target(), Optional.of(text.question()));
  }
}
